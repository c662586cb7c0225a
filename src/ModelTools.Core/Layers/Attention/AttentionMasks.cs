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
        var ones = op.Fill(DType.Int32, [1, queries, values], 1);
        return op.Binary(BinaryOperator.GreaterEqual, op.CumulativeSum(ones, -2), op.CumulativeSum(ones, -1));
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
}
