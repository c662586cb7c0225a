using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats.WeightsH5;

/// <summary>Lists what a weights file holds, whatever is wrong with it.</summary>
internal static class WeightsInspection
{
    /// <summary>Every tensor, with the layer that it belongs to.</summary>
    public static IReadOnlyList<StoredTensor> Tensors(WeightsFile file)
    {
        var layers = new Dictionary<string, string>(StringComparer.Ordinal);
        Name(file.Root, null, layers);
        return [.. file.Datasets.Where(dataset => dataset.ElementType is not null)
            .Select(dataset => new StoredTensor(dataset.Path, layers.GetValueOrDefault(dataset.Path), new TensorSpec(dataset.ElementType!.Value, dataset.Shape)))];
    }

    /// <summary>What is refused, damaged or in no place.</summary>
    public static IEnumerable<ModelFinding> Findings(WeightsFile file) =>
    [
        .. file.Problems.Select(problem => new ModelFinding(problem.Code, problem.Message, problem.Location)),
        .. file.Others.Select(path => new ModelFinding(ErrorCode.WeightCountMismatch, $"The dataset '{path}' is not a variable of any layer.", path)),
    ];

    /// <summary>What the file carries beside the structure.</summary>
    public static ModelParts Parts(WeightsFile file) => ModelParts.Weights | (file.Root.Child(OptimizerGroup.Name) is { HasVariables: true } ? ModelParts.OptimizerState : 0);

    // The members of a list of layers are layers; what is inside them belongs to them.
    private static void Name(StoredObject item, string? layer, Dictionary<string, string> layers)
    {
        foreach (var dataset in layer is null ? [] : item.Variables)
        {
            layers[dataset.Path] = layer!;
        }

        foreach (var (edge, child) in item.Children)
        {
            var isList = edge is WeightTree.Layers or WeightTree.OlderLayers;
            var isApart = layer is null && edge is OptimizerGroup.Name or OptimizerGroup.Metrics;
            if (!isApart)
            {
                Name(child, isList ? null : layer ?? child.Name ?? edge, layers);
            }
        }
    }
}
