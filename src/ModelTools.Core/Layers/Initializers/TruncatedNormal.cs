using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Normal numbers within two standard deviations. Keras: <c>keras.initializers.TruncatedNormal</c>.</summary>
public sealed record TruncatedNormal : RandomInitializer
{
    /// <summary>Mean.</summary>
    public double Mean { get; init; }

    /// <summary>Standard deviation before the tails are cut.</summary>
    public double Stddev { get; init; } = 0.05;

    /// <inheritdoc/>
    public override Tensor Create(Shape shape, DType dtype, Random random) =>
        Fill(shape, dtype, random, (ref RandomStream stream) => Mean + (Stddev * stream.NextTruncatedNormal()));
}
