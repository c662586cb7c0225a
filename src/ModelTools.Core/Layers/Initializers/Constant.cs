using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>One number in every place. Keras: <c>keras.initializers.Constant</c>.</summary>
/// <param name="Value">The number.</param>
public sealed record Constant(double Value = 0) : Initializer
{
    /// <inheritdoc/>
    public override Tensor Create(Shape shape, DType dtype, Random random) => Numbers.Filled(shape, dtype, Value);
}
