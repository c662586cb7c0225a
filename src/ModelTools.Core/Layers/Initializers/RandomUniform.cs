using ModelTools.Objects;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Numbers spread evenly over a range. Keras: <c>keras.initializers.RandomUniform</c>.</summary>
[ObjectAlias("uniform")]
public sealed record RandomUniform : RandomInitializer
{
    /// <summary>Smallest number.</summary>
    public double Minval { get; init; } = -0.05;

    /// <summary>Bound that is not reached.</summary>
    public double Maxval { get; init; } = 0.05;

    /// <inheritdoc/>
    public override Tensor Create(Shape shape, DType dtype, Random random) =>
        Fill(shape, dtype, random, (ref RandomStream stream) => Minval + ((Maxval - Minval) * stream.NextDouble()));
}
