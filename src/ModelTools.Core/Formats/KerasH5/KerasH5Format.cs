using ModelTools.Configuration;
using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5;
using ModelTools.Models;
using ModelTools.Objects;
using ModelTools.Tensors;

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
            using var source = SourceFile.Open(path);
            return Hdf5File.IsHdf5(source) && IsLegacy(source, limits);
        }
        catch (ModelToolsException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public OpenModel Open(string path, ModelReadOptions options)
    {
        var file = Open(path, options.Limits);
        try
        {
            return Guard(file.Path, () =>
            {
                var findings = options.Findings ?? [];
                var model = KerasJson.ReadModel(file.ReadConfiguration().Root, file.Dialect, findings);
                var assignment = WeightMatcher.Match(model, file, options, isOwn: true);
                if (options.TrainingState)
                {
                    LegacyTraining.Read(model, file, findings);
                }

                return new OpenModel(model, assignment, file);
            });
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, Tensor>> ReadTensors(string path, ModelReadOptions options)
    {
        using var file = Open(path, options.Limits);
        foreach (var tensor in file.Root.ReadTensors())
        {
            yield return tensor;
        }
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

        RequireBuilt(model);
        Save(new LegacyWriter(model, options.Dialect ?? KerasJson.ChooseDialect(model, KerasDialect.Keras2)).WholeModel(options.TrainingState), path, options);
    }

    /// <inheritdoc/>
    public void WriteWeights(Model model, string path, ModelWriteOptions options)
    {
        RequireBuilt(model);
        Save(new LegacyWriter(model, options.Dialect ?? KerasDialect.Keras2).WeightsOnly(), path, options);
    }

    // A damaged HDF5 file is most likely one of these; reading it says what is wrong with it.
    private static bool IsLegacy(SourceFile source, ModelReadLimits limits)
    {
        try
        {
            using var file = Hdf5File.Open(source, 0, source.Length, limits);
            return LegacyFile.IsLegacy(file.Root);
        }
        catch (ModelToolsException)
        {
            return true;
        }
    }

    private static LegacyFile Open(string path, ModelReadLimits limits) => Guard(path, () => LegacyFile.Open(path, limits));

    private static void RequireBuilt(Model model)
    {
        if (!model.IsBuilt && model.Kind is ModelKind.Sequential)
        {
            throw new ModelToolsException(ErrorCode.ModelNotBuilt, $"The model {model.Name} does not know its input shape yet, so it has no weights to write.");
        }
    }

    private static void Save(Hdf5GroupContent content, string path, ModelWriteOptions options)
    {
        var writer = Hdf5Writer.Prepare(content);
        AtomicTarget.WriteFile(path, options.Force, stream =>
        {
            using var counted = new ProgressStream(stream, Path.GetFileName(path), writer.Length, options.Progress);
            writer.Write(counted, options.Cancellation);
        });
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
