using ModelTools.Diagnostics;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Formats.Checkpoint;

/// <summary>TensorFlow checkpoints: what <c>model.save_weights('weights.ckpt')</c> of tf.keras writes, and <c>tf.train.Checkpoint</c>.</summary>
internal sealed class CheckpointFormat : IModelFormat
{
    /// <inheritdoc/>
    public string Name => "Checkpoint";

    /// <inheritdoc/>
    public string Title => "TensorFlow checkpoint";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".ckpt"];

    /// <inheritdoc/>
    public ModelParts Reads => ModelParts.Weights | ModelParts.OptimizerState;

    /// <inheritdoc/>
    public ModelParts Writes => ModelParts.Weights | ModelParts.OptimizerState;

    /// <inheritdoc/>
    public bool Matches(string path, ModelReadLimits limits)
    {
        if (CheckpointPath.Exists(path))
        {
            return true;
        }

        try
        {
            if (!File.Exists(path))
            {
                return false;
            }

            if (Path.GetFileName(path) == CheckpointState.FileName)
            {
                return CheckpointState.Read(path, limits).Latest.Length > 0;
            }

            using var file = SourceFile.Open(path);
            return TableReader.IsTable(file);
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
        using var reader = CheckpointReader.Open(path, options.Limits);
        foreach (var tensor in reader.ReadTensors())
        {
            yield return tensor;
        }
    }

    /// <inheritdoc/>
    public void Write(Model model, string path, ModelWriteOptions options) => throw WeightsOnly(path);

    /// <inheritdoc/>
    public WeightAssignment MatchWeights(string path, Model model, ModelReadOptions options)
    {
        var reader = CheckpointReader.Open(path, options.Limits);
        try
        {
            return CheckpointWeights.Match(reader, model, options);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void WriteWeights(Model model, string path, ModelWriteOptions options) => CheckpointWeights.Write(model, path, options);

    /// <inheritdoc/>
    public ModelInfo Inspect(string path, ModelReadLimits limits) => CheckpointInspection.Inspect(path, limits);

    private static ModelToolsException WeightsOnly(string path) =>
        new(ErrorCode.UnsupportedConversion, "A TensorFlow checkpoint holds weights and no layers.") { Path = path, Advice = "Build the model first, then load the weights into it." };
}
