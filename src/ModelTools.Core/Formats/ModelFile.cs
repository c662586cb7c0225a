using ModelTools.Configuration;
using ModelTools.Diagnostics;
using ModelTools.Models;

namespace ModelTools.Formats;

/// <summary>Models and weights as files: the entry for anyone who loads, saves or inspects.</summary>
/// <example><code>
/// var model = ModelFile.Load("model.h5");
/// ModelFile.Save(model, "model.keras");
/// </code></example>
public static class ModelFile
{
    /// <summary>Reads a whole model from any format; the content decides which. Keras: <c>load_model</c>.</summary>
    /// <param name="path">The model; a file that holds weights only needs a <paramref name="structure"/>, or a structure (<c>.json</c>) beside it.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="structure">The model whose weights the file holds; it is not changed.</param>
    /// <exception cref="ModelToolsException">MT1xxx, MT2xxx, MT3xxx, MT4xxx; MT1008: the file holds weights only, and nothing tells the layers.</exception>
    public static Model Load(string path, ModelReadOptions? options = null, Model? structure = null) => Guard(path, full =>
    {
        using var open = OpenDetached(full, options ?? ModelReadOptions.Default, structure);
        return open.Load(options ?? ModelReadOptions.Default);
    });

    /// <summary>Opens a model from any format and leaves its weights in the file, where they can be read one by one.</summary>
    /// <param name="path">The model; a file that holds weights only needs a <paramref name="structure"/>, or a structure (<c>.json</c>) beside it.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="structure">The model whose weights the file holds; it is not changed.</param>
    /// <exception cref="ModelToolsException">MT1xxx, MT2xxx, MT3xxx, MT4xxx; MT1008: the file holds weights only, and nothing tells the layers.</exception>
    public static OpenModel Open(string path, ModelReadOptions? options = null, Model? structure = null) =>
        Guard(path, full => OpenDetached(full, options ?? ModelReadOptions.Default, structure).Attach());

    /// <summary>Writes a whole model. Keras: <c>model.save</c>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The target; its extension chooses the format unless <paramref name="format"/> does.</param>
    /// <param name="format">The format, or null.</param>
    /// <param name="options">How it is written.</param>
    /// <exception cref="ModelToolsException">MT3008: the model is not built; MT4003: the format cannot hold it; MT6xxx: the target.</exception>
    public static void Save(Model model, string path, IModelFormat? format = null, ModelWriteOptions? options = null) => Guard(path, full =>
    {
        (format ?? ModelFormat.ForWriting(full, ModelParts.Structure | ModelParts.Weights)).Write(model, full, options ?? ModelWriteOptions.Default);
        return true;
    });

    /// <summary>Reads weights into a model, all or nothing. Keras: <c>model.load_weights</c>.</summary>
    /// <returns>What was assigned and what was left over; already applied.</returns>
    /// <exception cref="ModelToolsException">MT1xxx, MT2xxx: the file; MT3xxx: it does not fit, and the model keeps its weights.</exception>
    public static WeightAssignment LoadWeights(Model model, string path, ModelReadOptions? options = null) => Guard(path, full =>
    {
        options ??= ModelReadOptions.Default;
        using var assignment = ModelFormat.Detect(full, options.Limits).MatchWeights(full, model, options);
        assignment.Apply(options.Progress, options.Cancellation);
        if (options.TrainingState && assignment.OptimizerState is { } state)
        {
            model.OptimizerState = state;
        }

        return assignment;
    });

    /// <summary>Writes the weights of a model. Keras: <c>model.save_weights</c>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The target: <c>.h5</c>, <c>.weights.h5</c>, or a checkpoint's prefix.</param>
    /// <param name="format">The format, or null for what the extension says.</param>
    /// <param name="options">How they are written.</param>
    /// <exception cref="ModelToolsException">MT3008: the model is not built; MT6xxx: the target.</exception>
    public static void SaveWeights(Model model, string path, IModelFormat? format = null, ModelWriteOptions? options = null) => Guard(path, full =>
    {
        (format ?? ModelFormat.ForWriting(full, ModelParts.Weights)).WriteWeights(model, full, options ?? ModelWriteOptions.Default);
        return true;
    });

    /// <summary>Tells what a file holds, without reading its weights.</summary>
    /// <exception cref="ModelToolsException">MT1001: it is no model; MT6001: nothing is there.</exception>
    public static ModelInfo Inspect(string path, ModelReadLimits? limits = null) => Guard(path, full =>
        ModelFormat.Detect(full, limits).Inspect(full, limits ?? ModelReadLimits.Default));

    private static OpenModel OpenDetached(string path, ModelReadOptions options, Model? structure)
    {
        var format = ModelFormat.Detect(path, options.Limits);
        try
        {
            return structure is null && format.Reads.HasFlag(ModelParts.Structure) ? format.Open(path, options) : OpenWeights(format, path, options, structure);
        }
        catch (ModelToolsException error) when (error.Code == ErrorCode.MissingPart && structure is null && StructureBeside.Find(path) is not null)
        {
            return OpenWeights(format, path, options, structure);
        }
    }

    private static OpenModel OpenWeights(IModelFormat format, string path, ModelReadOptions options, Model? structure)
    {
        var model = structure is not null ? KerasJson.Copy(structure)
            : StructureBeside.Find(path) is { } beside ? Load(beside, options)
            : throw StructureBeside.Missing(path);
        var assignment = format.MatchWeights(path, model, options);
        model.OptimizerState = options.TrainingState ? assignment.OptimizerState : null;
        return new OpenModel(model, assignment);
    }

    // Every error that leaves here names the file, whichever layer of the code found it.
    private static TResult Guard<TResult>(string path, Func<string, TResult> work)
    {
        var full = Path.GetFullPath(path);
        try
        {
            return work(full);
        }
        catch (ModelToolsException error) when (error.Path is null)
        {
            throw error.WithPath(full);
        }
    }
}
