using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>What the metrics of the k best classes share.</summary>
internal static class TopK
{
    /// <summary>1 where a class is among the k with the largest predictions (fewer than k are larger), else 0.</summary>
    public static T Hits<T>(IOperators<T> op, T labels, T prediction, int k)
        where T : class
    {
        var right = op.OneHot(labels, (int)op.ShapeOf(prediction)[^1], op.DTypeOf(prediction));
        var score = op.Sum(op.Multiply(prediction, right), [-1], true);
        var larger = op.Sum(op.CastLike(op.Binary(BinaryOperator.Greater, prediction, score), prediction), [-1]);
        return op.CastLike(op.Binary(BinaryOperator.Less, larger, op.Scalar(k, larger)), prediction);
    }

    /// <summary>The predictions, with all but the k largest of each sample far below every threshold.</summary>
    public static T Filter<T>(IOperators<T> op, T prediction, int k)
        where T : class
    {
        var classes = (int)op.ShapeOf(prediction)[^1];
        var (mine, others) = (op.ExpandDimensions(prediction, -1), op.ExpandDimensions(prediction, -2));
        var isEarlier = op.Constant(EarlierClasses(classes));
        var isTied = op.Binary(BinaryOperator.LogicalAnd, op.Binary(BinaryOperator.Equal, others, mine), isEarlier);
        var isAhead = op.Binary(BinaryOperator.LogicalOr, op.Binary(BinaryOperator.Greater, others, mine), isTied);
        var rank = op.Sum(op.CastLike(isAhead, prediction), [-1]);
        return op.Select(op.Binary(BinaryOperator.Less, rank, op.Scalar(k, rank)), prediction, op.Scalar(ThresholdCounts.FarBelow, prediction));
    }

    // Of equal predictions the first class wins.
    private static Tensors.Tensor EarlierClasses(int classes)
    {
        var cells = new bool[classes * classes];
        for (var mine = 0; mine < classes; mine++)
        {
            cells.AsSpan(mine * classes, mine).Fill(true);
        }

        return Tensors.Tensor.FromArray(cells, classes, classes);
    }
}
