using ModelTools.Configuration;
using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5;
using ModelTools.Models;
using ModelTools.Objects;

namespace ModelTools.Formats.KerasH5;

/// <summary>Keras's HDF5 files: whole models and weights, as Keras 2 writes them and Keras 3 still reads and writes them.</summary>
public sealed class KerasH5Format : IModelFormat
{
    /// <inheritdoc/>
    public string Name => "KerasH5";

    /// <inheritdoc/>
    public string Title => "Keras HDF5 file";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".h5", ".hdf5"];

    /// <inheritdoc/>
    public ModelParts Reads => ModelParts.Structure | ModelParts.Weights | ModelParts.TrainingConfiguration | ModelParts.OptimizerState;

    /// <inheritdoc/>
    public ModelParts Writes => Reads;

    /// <inheritdoc/>
    public bool Matches(string path, ModelReadLimits limits)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            using var file = Hdf5File.Open(path, limits);
            return LegacyFile.IsLegacy(file.Root);
        }
        catch (ModelToolsException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public Model Read(string path, ModelReadOptions options)
    {
        using var file = Open(path, options.Limits);
        return Guard(file.Path, () =>
        {
            var findings = options.Findings ?? [];
            var model = KerasJson.ReadModel(file.ReadConfiguration().Root, file.Dialect, findings);
            using var assignment = WeightMatcher.Match(model, file, options, isOwn: true);
            assignment.Apply(options.Progress, options.Cancellation);
            if (options.TrainingState)
            {
                LegacyTraining.Read(model, file, findings);
            }

            return model;
        });
    }

    /// <inheritdoc/>
    public WeightAssignment MatchWeights(string path, Model model, ModelReadOptions options)
    {
        var file = Open(path, options.Limits);
        try
        {
            return Guard(file.Path, () => WeightMatcher.Match(model, file, options, isOwn: false));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ModelInfo Inspect(string path, ModelReadLimits limits)
    {
        using var file = Open(path, limits);
        return Guard(file.Path, () => LegacyInspection.Inspect(file, Name));
    }

    /// <inheritdoc/>
    public void Write(Model model, string path, ModelWriteOptions options)
    {
        if (model.Kind is ModelKind.Subclassed)
        {
            throw new ModelToolsException(ErrorCode.UnsupportedConversion, $"The model {model.Name} is of a class of its own ({model.ClassName}): its structure cannot be written.")
            {
                Advice = "Write its weights only, with Save-ModelWeights.",
            };
        }

        Save(new LegacyWriter(model, options.Dialect ?? KerasJson.ChooseDialect(model, KerasDialect.Keras2)).WholeModel(options.TrainingState), path, options);
    }

    /// <inheritdoc/>
    public void WriteWeights(Model model, string path, ModelWriteOptions options) => Save(new LegacyWriter(model, options.Dialect ?? KerasDialect.Keras2).WeightsOnly(), path, options);

    private static LegacyFile Open(string path, ModelReadLimits limits) => Guard(path, () => LegacyFile.Open(path, limits));

    private static void Save(Hdf5GroupContent content, string path, ModelWriteOptions options) =>
        AtomicTarget.WriteFile(path, options.Force, stream => Hdf5Writer.Write(content, stream, options.Cancellation));

    private static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (ModelToolsException error)
        {
            throw error.WithPath(Path.GetFullPath(path));
        }
    }
}
