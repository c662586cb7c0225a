using ModelTools.Objects;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>All ones. Keras: <c>keras.initializers.Ones</c>.</summary>
[ObjectAlias("one")]
public sealed record Ones : Initializer
{
    /// <inheritdoc/>
    public override Tensor Create(Shape shape, DType dtype, Random random) => Numbers.Filled(shape, dtype, 1);
}
