using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Validation;

/// <summary>The layers of which containers tell different things: those that are not known here, and all that take their outputs.</summary>
/// <remarks>Some containers name the shapes and weights of such layers, others only number them: what is compared of them is what all containers tell.</remarks>
internal sealed class UnknownParts
{
    private readonly HashSet<ModelLayer> _layers = new(ReferenceEqualityComparer.Instance);

    /// <summary>Finds them.</summary>
    public UnknownParts(Model model)
    {
        foreach (var layer in model.AllLayers.Where(IsUnknown))
        {
            _layers.Add(layer);
        }

        foreach (var node in model.Nodes.Where(node => node.Inputs.Any(input => _layers.Contains(input.Layer))))
        {
            _layers.Add(node.Layer);
        }
    }

    /// <summary>True for such a layer.</summary>
    public bool Contains(ModelLayer layer) => _layers.Contains(layer);

    /// <summary>Outputs; those that cannot be told as scalars.</summary>
    public IReadOnlyList<TensorSpec> OutputsOf(Model model) =>
        [.. model.OutputSpecs.Zip(model.Outputs, (spec, output) => Contains(output.Layer) ? spec with { DType = DType.Float32, Shape = Shape.Scalar } : spec)];

    /// <summary>Shape of a layer's first output; null where it cannot be told.</summary>
    public Shape? OutputOf(Model model, ModelLayer layer) =>
        !Contains(layer) && model.NodesOf(layer) is [{ Outputs: [{ IsOpaque: false } output, ..] }, ..] ? output.Shape : null;

    /// <summary>The class's name without the package under which a program registered it; a model inside has the name of its kind, which Keras did not change between versions.</summary>
    public static string ClassOf(ModelLayer layer) => layer.NestedModel is { Kind: not ModelKind.Subclassed } nested ? nested.Kind.ToString() : layer.ClassName[(layer.ClassName.IndexOf('>', StringComparison.Ordinal) + 1)..];

    private static bool IsUnknown(ModelLayer layer) => layer.Layer is UnknownLayer || layer.IsOpaque || (layer.NestedModel is { } nested && nested.AllLayers.Any(IsUnknown));
}
