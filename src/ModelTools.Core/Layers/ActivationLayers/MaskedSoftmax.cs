using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>The softmax of attention: places that a mask excludes get (almost) nothing.</summary>
internal static class MaskedSoftmax
{
    /// <summary>Softmax over one or several axes.</summary>
    public static T Normalize<T>(IOperators<T> op, T x, IReadOnlyList<int> axes)
        where T : class
    {
        if (axes is [var axis])
        {
            return op.Softmax(x, axis);
        }

        var exponentials = op.Exp(op.Subtract(x, op.Reduce(Reduction.Maximum, x, axes, true)));
        return op.Divide(exponentials, op.Sum(exponentials, axes, true));
    }

    /// <summary>Softmax with a mask (true: counts). Keras 2 adds a large negative number; Keras 3 puts it in place and clears what is masked.</summary>
    /// <param name="op">The vocabulary.</param>
    /// <param name="x">The scores.</param>
    /// <param name="mask">Broadcasts against the scores.</param>
    /// <param name="axes">The axes of the softmax.</param>
    /// <param name="dialect">The generation whose rule counts.</param>
    /// <param name="clears">False for Keras 3's fused attention: where everything is masked, it gives the mean instead of zeros.</param>
    public static T Apply<T>(IOperators<T> op, T x, T mask, IReadOnlyList<int> axes, KerasDialect dialect, bool clears = true)
        where T : class
    {
        var dtype = op.DTypeOf(x);
        var counts = op.DTypeOf(mask) is DType.Bool ? mask : op.Cast(mask, DType.Bool);
        var large = LargeNegative(dtype, dialect);
        if (dialect is KerasDialect.Keras2)
        {
            return Normalize(op, op.Add(x, op.Multiply(op.SubtractFrom(1, op.Cast(counts, dtype)), large)), axes);
        }

        var probabilities = Normalize(op, op.Select(counts, x, op.Scalar(large, x)), axes);
        return clears ? op.Multiply(probabilities, op.Cast(counts, dtype)) : probabilities;
    }

    private static double LargeNegative(DType dtype, KerasDialect dialect) =>
        dtype is not DType.Float16 ? -1e9 : dialect is KerasDialect.Keras2 ? -65504 : -3e4;
}
