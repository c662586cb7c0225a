using ModelTools.Configuration;
using ModelTools.Diagnostics;
using ModelTools.Formats.WeightsH5;
using ModelTools.Models;
using ModelTools.Objects;
using ModelTools.Tensors;

namespace ModelTools.Formats.KerasArchive;

/// <summary>Keras's own archive (<c>.keras</c>): structure, training and weights in one ZIP file, as Keras 3 writes it and Keras 2 since 2.12; also a folder with its members.</summary>
public sealed class KerasArchiveFormat : IModelFormat
{
    /// <inheritdoc/>
    public string Name => "KerasArchive";

    /// <inheritdoc/>
    public string Title => "Keras archive";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".keras"];

    /// <inheritdoc/>
    public ModelParts Reads => ModelParts.Structure | ModelParts.Weights | ModelParts.TrainingConfiguration | ModelParts.OptimizerState;

    /// <inheritdoc/>
    public ModelParts Writes => ModelParts.Structure | ModelParts.Weights | ModelParts.TrainingConfiguration | ModelParts.OptimizerState;

    /// <inheritdoc/>
    public bool Matches(string path, ModelReadLimits limits)
    {
        if (!File.Exists(path))
        {
            return ArchiveFolder.IsArchive(path);
        }

        try
        {
            using var source = SourceFile.Open(path);
            return source.Length >= 4 && source.Read(0, 4).AsSpan().SequenceEqual("PK\x03\x04"u8) && IsModel(path, limits);
        }
        catch (ModelToolsException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public OpenModel Open(string path, ModelReadOptions options) => Guard(path, () =>
    {
        var archive = ArchiveFile.Open(path, options.Limits);
        try
        {
            var model = ArchiveContent.ReadModel(archive, options.TrainingState, options.Findings ?? []);
            return ArchiveContent.MatchWeights(model, archive.OpenWeights(verify: true, archive, options.Cancellation), options);
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    });

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, Tensor>> ReadTensors(string path, ModelReadOptions options)
    {
        using var archive = ArchiveFile.Open(path, options.Limits);
        using var weights = archive.OpenWeights(verify: true, cancellation: options.Cancellation);
        foreach (var tensor in weights.ReadTensors())
        {
            yield return tensor;
        }
    }

    /// <inheritdoc/>
    public WeightAssignment MatchWeights(string path, Model model, ModelReadOptions options) => Guard(path, () =>
    {
        var archive = ArchiveFile.Open(path, options.Limits);
        try
        {
            var weights = archive.OpenWeights(verify: true, archive, options.Cancellation);
            return TreeMatcher.Match(model, weights, options, isOwn: false);
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    });

    /// <inheritdoc/>
    public ModelInfo Inspect(string path, ModelReadLimits limits) => Guard(path, () =>
    {
        using var archive = ArchiveFile.Open(path, limits);
        return ArchiveInspection.Inspect(archive, Name);
    });

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

        ArchiveWriter.Write(model, path, options.Dialect ?? KerasJson.ChooseDialect(model, KerasDialect.Keras3), options);
    }

    /// <inheritdoc/>
    public void WriteWeights(Model model, string path, ModelWriteOptions options) =>
        throw new ModelToolsException(ErrorCode.UnsupportedConversion, $"'{path}' would hold a whole model, not weights only.") { Path = path, Advice = "Write the weights to a .weights.h5 file." };

    // A damaged archive is most likely one of these; reading it says what is wrong with it. NumPy's archives are whole and have other members.
    private static bool IsModel(string path, ModelReadLimits limits)
    {
        try
        {
            using var archive = ArchiveFile.Open(path, limits);
            return true;
        }
        catch (ModelToolsException error)
        {
            return error.Code != ErrorCode.MissingPart || path.EndsWith(".keras", StringComparison.OrdinalIgnoreCase);
        }
    }

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
