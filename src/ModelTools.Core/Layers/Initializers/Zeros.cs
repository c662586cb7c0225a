using ModelTools.Objects;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>All zeros. Keras: <c>keras.initializers.Zeros</c>.</summary>
[ObjectAlias("zero")]
public sealed record Zeros : Initializer
{
    /// <inheritdoc/>
    public override Tensor Create(Shape shape, DType dtype, Random random) => Tensor.Zeros(dtype, shape);
}
