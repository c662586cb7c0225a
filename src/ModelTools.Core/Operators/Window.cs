using ModelTools.Tensors;

namespace ModelTools.Operators;

/// <summary>How the border of the input is treated by convolution and pooling.</summary>
public enum Padding
{
    /// <summary>None: windows lie inside the input.</summary>
    Valid,

    /// <summary>The output has ⌈input / stride⌉ positions; an odd element goes after (TensorFlow).</summary>
    Same,

    /// <summary>All padding goes before, so that no output sees the future (one spatial dimension).</summary>
    Causal,
}

/// <summary>What pooling takes from a window.</summary>
public enum Pooling
{
    /// <summary>The largest element; padding never wins.</summary>
    Maximum,

    /// <summary>The mean of the elements that are really there: padding does not count.</summary>
    Average,
}

/// <summary>A window that moves over the spatial axes: axes 1 … rank of a channels-last tensor.</summary>
/// <param name="Size">Extent per spatial axis.</param>
/// <param name="Strides">Step per spatial axis.</param>
/// <param name="Padding">Treatment of the border.</param>
/// <param name="Dilations">Distance of the window's elements per spatial axis.</param>
public sealed record Window(IReadOnlyList<int> Size, IReadOnlyList<int> Strides, Padding Padding, IReadOnlyList<int> Dilations)
{
    /// <summary>Number of spatial axes: 1, 2 or 3.</summary>
    public int Rank => Size.Count;

    /// <summary>The window's extent on an axis with its gaps: (size - 1) · dilation + 1.</summary>
    public int Extent(int axis) => ((Size[axis] - 1) * Dilations[axis]) + 1;

    /// <summary>Positions of the window on an axis of the given length (<see cref="Shape.Unknown"/> stays unknown).</summary>
    public long OutputLength(long input, int axis) => input < 0
        ? Shape.Unknown
        : Padding is Padding.Valid
            ? Math.Max(0, (input - Extent(axis) + Strides[axis]) / Strides[axis])
            : (input + Strides[axis] - 1) / Strides[axis];

    /// <summary>Elements added before and after an axis of known length.</summary>
    public (int Before, int After) BorderOf(long input, int axis)
    {
        switch (Padding)
        {
            case Padding.Causal:
                return (Extent(axis) - 1, 0);
            case Padding.Same:
                var total = (int)Math.Max(((OutputLength(input, axis) - 1) * Strides[axis]) + Extent(axis) - input, 0);
                return (total / 2, total - (total / 2));
            default:
                return (0, 0);
        }
    }

    /// <summary>Length of a transposed convolution's output on an axis (Keras: <c>deconv_output_length</c>).</summary>
    /// <param name="input">Input length.</param>
    /// <param name="axis">Spatial axis.</param>
    /// <param name="outputPadding">Extra length on one side, or null for Keras's default.</param>
    public long TransposedLength(long input, int axis, int? outputPadding)
    {
        if (input < 0)
        {
            return Shape.Unknown;
        }

        var extent = Extent(axis);
        var stride = Strides[axis];
        return outputPadding is { } extra
            ? ((input - 1) * stride) + extent + extra - (Padding is Padding.Same ? 2 * (extent / 2) : 0)
            : Padding is Padding.Same ? input * stride : (input * stride) + Math.Max(extent - stride, 0);
    }

    /// <summary>Elements of the full scatter that a transposed convolution drops in front of an axis.</summary>
    public int TransposedCrop(int axis, int? outputPadding)
    {
        if (Padding is not Padding.Same)
        {
            return 0;
        }

        var extent = Extent(axis);
        return outputPadding is { } extra
            ? Math.Max((extent / 2) - ((extra + 1) / 2), 0)
            : Math.Max(extent - Strides[axis], 0) / 2;
    }
}
