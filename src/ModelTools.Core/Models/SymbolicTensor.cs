using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Models;

/// <summary>A tensor of a model under construction: one output of one call of a layer. Keras: <c>KerasTensor</c>.</summary>
/// <param name="Call">The call that gives it.</param>
/// <param name="Index">Which of the call's outputs it is.</param>
/// <param name="Spec">Type and shape.</param>
public sealed record SymbolicTensor(LayerCallNode Call, int Index, TensorSpec Spec)
{
    /// <summary>Shape with the batch axis.</summary>
    public Shape Shape => Spec.Shape;

    /// <summary>Element type.</summary>
    public DType DType => Spec.DType;

    /// <summary>True if the layer attaches a mask to it.</summary>
    public bool HasMask { get; init; }

    /// <summary>True if its type and shape are not known, since it comes from a layer that cannot be run.</summary>
    public bool IsOpaque { get; init; }

    /// <summary>The layer that gives it.</summary>
    public ModelLayer Layer => Call.Layer;

    /// <inheritdoc/>
    public override string ToString() => PlainText.Line($"{Layer.Name}[{Index}]: {(IsOpaque ? "not known" : Spec with { Name = null })}");
}
