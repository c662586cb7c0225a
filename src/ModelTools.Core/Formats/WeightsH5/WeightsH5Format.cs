using ModelTools.Configuration;
using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5;
using ModelTools.Models;
using ModelTools.Objects;
using ModelTools.Tensors;

namespace ModelTools.Formats.WeightsH5;

/// <summary>Keras 3's weights files (<c>.weights.h5</c>), which Keras 2 writes since 2.12 too; also those that are split into shards.</summary>
public sealed class WeightsH5Format : IModelFormat
{
    /// <inheritdoc/>
    public string Name => "WeightsH5";

    /// <inheritdoc/>
    public string Title => "Keras weights";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".weights.h5"];

    /// <inheritdoc/>
    public ModelParts Reads => ModelParts.Weights | ModelParts.OptimizerState;

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
            if (ShardIndex.IsIndex(path))
            {
                return true;
            }

            using var source = SourceFile.Open(path);
            return Hdf5File.IsHdf5(source) && WeightsFile.IsWeights(Hdf5File.Open(source, 0, source.Length, limits).Root);
        }
        catch (ModelToolsException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public OpenModel Open(string path, ModelReadOptions options) => throw StructureBeside.Missing(path);

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, Tensor>> ReadTensors(string path, ModelReadOptions options)
    {
        using var file = WeightsFile.Open(path, options.Limits);
        foreach (var tensor in file.ReadTensors())
        {
            yield return tensor;
        }
    }

    /// <inheritdoc/>
    public WeightAssignment MatchWeights(string path, Model model, ModelReadOptions options)
    {
        var file = WeightsFile.Open(path, options.Limits);
        try
        {
            return TreeMatcher.Match(model, file, options, isOwn: false);
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
        using var file = WeightsFile.Open(path, limits);
        return new ModelInfo
        {
            Path = file.Path,
            Format = Name,
            FileBytes = ModelFiles.Of(file.Path).ByteCount,
            Parts = WeightsInspection.Parts(file),
            Tensors = WeightsInspection.Tensors(file),
            Findings = [.. WeightsInspection.Findings(file), new ModelFinding(ErrorCode.MissingPart, "The file holds weights only, not the structure of a model.", null)],
        };
    }

    /// <inheritdoc/>
    public void Write(Model model, string path, ModelWriteOptions options) =>
        throw new ModelToolsException(ErrorCode.UnsupportedConversion, $"'{path}' can hold weights only, not the structure of a model.") { Path = path, Advice = "Write the weights with Save-ModelWeights, or the model to a .keras file." };

    /// <inheritdoc/>
    public void WriteWeights(Model model, string path, ModelWriteOptions options) =>
        TreeWriter.Save(TreeWriter.Lay(model, options.Dialect ?? KerasJson.ChooseDialect(model, KerasDialect.Keras3), options.TrainingState), path, options);
}
