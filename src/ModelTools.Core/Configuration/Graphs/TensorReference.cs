using ModelTools.Tensors;

namespace ModelTools.Configuration;

/// <summary>A configuration's way to name a tensor: which output of which call of which layer.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Node">The call, as the file counts it.</param>
/// <param name="Tensor">The output.</param>
internal sealed record TensorReference(string Layer, int Node, int Tensor)
{
    /// <summary>Type and shape, where the file says them (Keras 3).</summary>
    public TensorSpec? Spec { get; init; }
}
