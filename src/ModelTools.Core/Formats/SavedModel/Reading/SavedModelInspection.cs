using ModelTools.Diagnostics;
using ModelTools.Formats.Checkpoint;

namespace ModelTools.Formats.SavedModel.Reading;

/// <summary>Lists what a SavedModel holds.</summary>
internal static class SavedModelInspection
{
    /// <summary>Looks at graph, metadata and the index of the weights.</summary>
    public static ModelInfo Inspect(string path, ModelReadLimits limits)
    {
        var content = SavedModelParser.Parse(path, limits);
        List<ModelFinding> findings = [.. content.Findings];
        var model = !content.HasStructure ? null : Inspection.Try(() =>
        {
            var (read, about) = SavedModelReader.ReadStructure(content, training: true);
            findings.AddRange(about);
            return read;
        }, findings);
        var weights = Inspection.Try(() => CheckpointInspection.Inspect(content.VariablesPrefix, limits), findings);
        findings.AddRange(weights?.Findings ?? []);
        return new ModelInfo
        {
            Path = path,
            Format = "SavedModel",
            FileBytes = ModelFiles.Of(path).ByteCount,
            Parts = ModelParts.Graph | (weights?.Parts ?? ModelParts.None) | (model is null ? ModelParts.None : ModelParts.Structure) | (model?.Training is null ? ModelParts.None : ModelParts.TrainingConfiguration),
            WrittenBy = content.TensorFlowVersion.Length > 0 ? $"TensorFlow {content.TensorFlowVersion}" : null,
            Model = model,
            Tensors = weights?.Tensors ?? [],
            Signatures = content.Signatures,
            Operations = [.. content.Operations.Keys],
            Findings = findings,
        };
    }
}
