using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Random numbers. Keras: <c>keras.initializers.RandomInitializer</c>.</summary>
/// <remarks>The numbers are not those of Keras for the same seed, but have its distribution.</remarks>
public abstract record RandomInitializer : Initializer
{
    /// <summary>For the same numbers each time, also in two weights of one shape; null for others each time.</summary>
    public int? Seed { get; init; }

    /// <summary>The start of this initializer's numbers.</summary>
    private protected ulong SeedFrom(Random random) => Seed is { } seed ? (ulong)(uint)seed : (ulong)random.NextInt64(long.MinValue, long.MaxValue);

    private protected Tensor Fill(Shape shape, DType dtype, Random random, RandomStream.Draw draw) => RandomStream.Fill(shape, dtype, SeedFrom(random), draw);
}
