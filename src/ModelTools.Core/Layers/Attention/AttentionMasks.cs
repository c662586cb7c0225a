using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Which queries see which values.</summary>
internal static class AttentionMasks
{
    /// <summary>bool [1, queries, values]: query i sees the values 0 … i.</summary>
    public static T Causal<T>(IOperators<T> op, Dimension<T> queries, Dimension<T> values)
        where T : class
    {
        var (rows, columns) = Places(op, queries, values);
        return op.Binary(BinaryOperator.GreaterEqual, rows, columns);
    }

    /// <summary>bool [1, queries, values]: query i sees the values that are less than <paramref name="width"/> places away.</summary>
    public static T Window<T>(IOperators<T> op, Dimension<T> queries, Dimension<T> values, int width)
        where T : class
    {
        var (rows, columns) = Places(op, queries, values);
        var distance = op.Abs(op.Subtract(rows, columns));
        return op.Binary(BinaryOperator.Less, distance, op.Scalar(width, distance));
    }

    /// <summary>True where all given masks are; null if none is given.</summary>
    public static T? All<T>(IOperators<T> op, params IEnumerable<T?> masks)
        where T : class
    {
        T? result = null;
        foreach (var mask in masks.OfType<T>())
        {
            result = result is null ? mask : op.Binary(BinaryOperator.LogicalAnd, result, mask);
        }

        return result;
    }

    private static (T Rows, T Columns) Places<T>(IOperators<T> op, Dimension<T> queries, Dimension<T> values)
        where T : class
    {
        var ones = op.Fill(DType.Int32, [1, queries, values], 1);
        return (op.CumulativeSum(ones, -2), op.CumulativeSum(ones, -1));
    }
}
