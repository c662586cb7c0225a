using ModelTools.Objects;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Whose number of connections scales the variance.</summary>
public enum FanMode
{
    /// <summary>The inputs'.</summary>
    FanIn,

    /// <summary>The outputs'.</summary>
    FanOut,

    /// <summary>Their mean.</summary>
    FanAvg,
}

/// <summary>How the numbers are spread.</summary>
public enum FanDistribution
{
    /// <summary>Normal within two standard deviations; older files say <c>normal</c>.</summary>
    TruncatedNormal,

    /// <summary>Normal.</summary>
    UntruncatedNormal,

    /// <summary>Evenly.</summary>
    Uniform,

    /// <summary>The name of <see cref="TruncatedNormal"/> in older files.</summary>
    Normal,
}

/// <summary>Random numbers whose variance falls with the number of connections, so that signals keep their size through the layers.</summary>
public abstract record FanScaling : RandomInitializer
{
    // The deviation of a normal distribution that is cut at two deviations.
    private const double TruncatedDeviation = 0.87962566103423978;

    /// <summary>Axes of the weight that lead to inputs, where the usual rule is wrong (Keras 3.15).</summary>
    [ConfigWrite(Keras2 = false, OnlyIfSet = true)]
    public IntegerList? InputAxes { get; init; }

    /// <summary>Axes of the weight that lead to outputs, where the usual rule is wrong (Keras 3.15).</summary>
    [ConfigWrite(Keras2 = false, OnlyIfSet = true)]
    public IntegerList? OutputAxes { get; init; }

    /// <inheritdoc/>
    public override Tensor Create(Shape shape, DType dtype, Random random)
    {
        var (scale, mode, distribution) = Rule;
        var (fanIn, fanOut) = FansOf(shape);
        var variance = scale / Math.Max(1, mode switch
        {
            FanMode.FanIn => fanIn,
            FanMode.FanOut => fanOut,
            _ => (fanIn + fanOut) / 2.0,
        });
        var deviation = Math.Sqrt(variance);
        return distribution switch
        {
            FanDistribution.Uniform => Fill(shape, dtype, random, (ref RandomStream stream) => Math.Sqrt(3) * deviation * ((2 * stream.NextDouble()) - 1)),
            FanDistribution.UntruncatedNormal => Fill(shape, dtype, random, (ref RandomStream stream) => deviation * stream.NextNormal()),
            _ => Fill(shape, dtype, random, (ref RandomStream stream) => deviation / TruncatedDeviation * stream.NextTruncatedNormal()),
        };
    }

    /// <summary>The class's rule: the numbers' variance is scale / fan.</summary>
    private protected abstract (double Scale, FanMode Mode, FanDistribution Distribution) Rule { get; }

    private (long In, long Out) FansOf(Shape shape)
    {
        if (InputAxes is { } inputs && OutputAxes is { } outputs)
        {
            return (ProductOf(shape, inputs), ProductOf(shape, outputs));
        }

        switch (shape)
        {
            case []:
                return (1, 1);
            case [var size]:
                return (size, size);
            default:
                var receptiveField = shape.SkipLast(2).Aggregate(1L, (a, b) => a * b);
                return (shape[^2] * receptiveField, shape[^1] * receptiveField);
        }
    }

    private static long ProductOf(Shape shape, IntegerList axes) => axes.Aggregate(1L, (product, axis) => product * shape[axis < 0 ? axis + shape.Rank : axis]);
}
