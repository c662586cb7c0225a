using ModelTools.Diagnostics;
using ModelTools.Formats.Checkpoint;
using ModelTools.Formats.SavedModel.Reading;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Formats.SavedModel;

/// <summary>SavedModel directories: what <c>export_saved_model</c> and <c>model.save(save_format="tf")</c> of Keras write, and servers run.</summary>
internal sealed class SavedModelFormat : IModelFormat
{
    /// <inheritdoc/>
    public string Name => "SavedModel";

    /// <inheritdoc/>
    public string Title => "TensorFlow SavedModel";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [];

    /// <inheritdoc/>
    public ModelParts Reads => ModelParts.Structure | ModelParts.Weights | ModelParts.TrainingConfiguration | ModelParts.OptimizerState;

    /// <inheritdoc/>
    public ModelParts Writes => Reads | ModelParts.Graph;

    /// <inheritdoc/>
    public bool Matches(string path, ModelReadLimits limits) =>
        Directory.Exists(path) && File.Exists(Path.Combine(path, SavedModelFacts.FileName));

    /// <inheritdoc/>
    public OpenModel Open(string path, ModelReadOptions options) => SavedModelReader.Open(path, options);

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, Tensor>> ReadTensors(string path, ModelReadOptions options)
    {
        var content = SavedModelParser.Parse(path, options.Limits);
        using var reader = CheckpointReader.Open(content.VariablesPrefix, options.Limits);
        foreach (var tensor in reader.ReadTensors())
        {
            yield return tensor;
        }
    }

    /// <inheritdoc/>
    public WeightAssignment MatchWeights(string path, Model model, ModelReadOptions options) => SavedModelReader.MatchWeights(path, model, options);

    /// <inheritdoc/>
    public ModelInfo Inspect(string path, ModelReadLimits limits) => SavedModelInspection.Inspect(path, limits);

    /// <inheritdoc/>
    public void WriteWeights(Model model, string path, ModelWriteOptions options) => SavedModelWriter.Write(model, path, options);

    /// <inheritdoc/>
    public void Write(Model model, string path, ModelWriteOptions options) => SavedModelWriter.Write(model, path, options);
}
