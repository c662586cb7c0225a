using ModelTools.Tensors;

namespace ModelTools.Formats.SavedModel.Graph;

/// <summary>A tensor of a function under construction.</summary>
/// <param name="Reference">How nodes of the function name it: an argument, or <c>node:output:index</c>.</param>
/// <param name="Spec">Type and static shape.</param>
internal sealed record GraphTensor(string Reference, TensorSpec Spec)
{
    /// <summary>Element type.</summary>
    public DType DType => Spec.DType;

    /// <summary>Static shape.</summary>
    public Shape Shape => Spec.Shape;
}
