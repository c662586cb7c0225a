using ModelTools.Objects;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Normal numbers. Keras: <c>keras.initializers.RandomNormal</c>.</summary>
[ObjectAlias("normal")]
public sealed record RandomNormal : RandomInitializer
{
    /// <summary>Mean.</summary>
    public double Mean { get; init; }

    /// <summary>Standard deviation.</summary>
    public double Stddev { get; init; } = 0.05;

    /// <inheritdoc/>
    public override Tensor Create(Shape shape, DType dtype, Random random) =>
        Fill(shape, dtype, random, (ref RandomStream stream) => Mean + (Stddev * stream.NextNormal()));
}
