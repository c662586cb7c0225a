using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats.Checkpoint;

/// <summary>Lists what a checkpoint holds.</summary>
internal static class CheckpointInspection
{
    /// <summary>Reads the index and the object graph, but no weights.</summary>
    public static ModelInfo Inspect(string path, ModelReadLimits limits)
    {
        using var reader = CheckpointReader.Open(path, limits);
        List<ModelFinding> findings = [];
        var graph = ReadGraph(reader, findings);
        foreach (var entry in reader.Entries.Where(entry => entry.DType is null))
        {
            findings.Add(new ModelFinding(ErrorCode.UnsupportedDType, $"The elements of tensor '{entry.Name}' are {entry.TypeName}, which cannot be read.", entry.Name));
        }

        var names = graph?.Nodes.SelectMany(node => node.Attributes).DistinctBy(attribute => attribute.Key).ToDictionary(attribute => attribute.Key, attribute => attribute.FullName, StringComparer.Ordinal);
        foreach (var (key, _) in names ?? [])
        {
            if (!reader.Contains(key))
            {
                findings.Add(new ModelFinding(ErrorCode.CorruptCheckpoint, $"The object graph names the tensor '{key}', which is not there.", key));
            }
        }

        return new ModelInfo
        {
            Path = reader.Prefix,
            Format = "Checkpoint",
            FileBytes = reader.FileBytes,
            Parts = ModelParts.Weights | (graph is not null && graph.Nodes.Count > 0 && OptimizerObjects.Find(graph, GraphMatcher.FindModel(graph) ?? 0) is not null ? ModelParts.OptimizerState : ModelParts.None),
            WrittenBy = graph is null ? "TensorFlow 1" : "TensorFlow 2",
            Tensors = [.. reader.Entries.Where(entry => entry.DType is not null && entry.Name != CheckpointReader.ObjectGraphKey)
                .Select(entry => new StoredTensor(entry.Name, LayerOf(names?.GetValueOrDefault(entry.Name) ?? entry.Name), new TensorSpec(entry.DType!.Value, entry.Shape)))],
            Findings = findings,
        };
    }

    private static ObjectGraph? ReadGraph(CheckpointReader reader, List<ModelFinding> findings)
    {
        try
        {
            return reader.ReadObjectGraph();
        }
        catch (ModelToolsException error)
        {
            findings.Add(new ModelFinding(error.Code, error.Message, CheckpointReader.ObjectGraphKey));
            return null;
        }
    }

    /// <summary>The layer that a variable's name begins with, such as <c>dense</c> of <c>dense/kernel</c>.</summary>
    private static string? LayerOf(string fullName) => fullName.IndexOf('/', StringComparison.Ordinal) is var slash and > 0 ? fullName[..slash] : null;
}
