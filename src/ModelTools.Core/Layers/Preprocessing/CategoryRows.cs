using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Ids as rows of numbers.</summary>
internal static class CategoryRows
{
    /// <summary>The rows of ids.</summary>
    /// <param name="op">The vocabulary.</param>
    /// <param name="ids">Integers; those outside of [0, depth) count nothing.</param>
    /// <param name="mode">The form.</param>
    /// <param name="depth">Length of a row.</param>
    /// <param name="dtype">Type of the result.</param>
    /// <param name="countWeights">What each id counts, or null for 1.</param>
    public static T Of<T>(IOperators<T> op, T ids, CategoryMode mode, int depth, DType dtype, T? countWeights = null)
        where T : class
    {
        if (mode is CategoryMode.Int)
        {
            return op.Cast(ids, dtype);
        }

        var rank = op.RankOf(ids);
        if (mode is CategoryMode.OneHot)
        {
            return Rows(rank > 1 && op.ShapeOf(ids)[^1] == 1 ? op.Squeeze(ids, -1) : ids);
        }

        var rows = Rows(ids);
        int[] axis = [rank > 1 ? 1 : 0];
        return mode is CategoryMode.MultiHot
            ? op.Reduce(Reduction.Maximum, rows, axis)
            : op.Sum(countWeights is null ? rows : op.Multiply(rows, op.ExpandDimensions(op.Cast(countWeights, dtype), -1)), axis);

        // An id that is none has a row of its own at the end, which is cut off.
        T Rows(T x)
        {
            var indices = op.Cast(x, DType.Int64);
            var isId = op.Binary(BinaryOperator.LogicalAnd, op.Binary(BinaryOperator.GreaterEqual, indices, op.Scalar(0, indices)), op.Binary(BinaryOperator.Less, indices, op.Scalar(depth, indices)));
            return op.Slice(op.OneHot(op.Select(isId, indices, op.Scalar(depth, indices)), depth + 1, dtype), -1, 0, depth);
        }
    }
}
