using System.Management.Automation;
using ModelTools.Diagnostics;
using ModelTools.Models;

namespace ModelTools.Parameters;

/// <summary>What may stand for a layer: one that exists, or a whole model.</summary>
internal static class LayerArgument
{
    /// <summary>The layer, or null if none is given.</summary>
    /// <exception cref="ModelToolsException">MT6004: something else is given.</exception>
    public static ModelLayer? From(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => null,
        ModelLayer layer => layer,
        Layers.Layer layer => new ModelLayer(layer),
        Model model => new ModelLayer(new NestedModel(model) { Name = model.Name }),
        SymbolicTensor => throw new ModelToolsException(ErrorCode.InvalidArgument, "A tensor is given where a layer is needed. Pass tensors as -InputTensor and -OutputTensor."),
        var other => throw new ModelToolsException(ErrorCode.InvalidArgument, $"A {other.GetType().Name} is given where a layer is needed. Make layers with New-ModelLayer."),
    };
}
