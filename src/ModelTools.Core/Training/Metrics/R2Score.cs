using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>The part of the targets' variance that the predictions explain. Keras: <c>keras.metrics.R2Score</c>.</summary>
/// <remarks>Target and prediction [batch, outputs]. State: number of values, then per output the sum of squares, the sum, the squared errors, the weights.</remarks>
public sealed record R2Score : Metric
{
    /// <summary>How the outputs' scores become one; null: one score per output.</summary>
    public R2Aggregation? ClassAggregation { get; init; } = R2Aggregation.UniformAverage;

    /// <summary>Number of independent variables, for the adjusted score; 0 for the plain one.</summary>
    public int NumRegressors { get; init; }

    /// <inheritdoc/>
    protected override string DefaultName => "r2_score";

    /// <inheritdoc/>
    public override T Result<T>(IOperators<T> op, MetricState<T> state)
    {
        var (squares, sum, errors, count) = (state.Values[1], state.Values[2], state.Values[3], state.Values[4]);
        var total = op.Subtract(squares, op.Divide(op.Square(sum), count));
        var scores = op.SubtractFrom(1, op.Divide(errors, total));
        scores = op.Select(IsInfinite(op, scores), op.Scalar(0, scores), scores);
        var score = ClassAggregation switch
        {
            null => scores,
            R2Aggregation.UniformAverage => op.MeanAll(scores),
            _ => op.Divide(op.SumAll(op.Multiply(total, scores)), op.SumAll(total)),
        };
        return NumRegressors == 0 ? score : Adjusted(op, score, state.Values[0]);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<T> Batch<T>(IOperators<T> op, T target, T prediction, T? weights)
        where T : class
    {
        (target, prediction) = op.AlignRanks(op.CastLike(target, prediction), prediction);
        var spread = op.Fill(op.DTypeOf(prediction), op.DimensionsOf(target), 1);
        spread = weights is null ? spread : op.Multiply(spread, op.AlignWeights(target, weights));
        var weighted = op.Multiply(target, spread);
        return
        [
            op.CountOf(target, op.DTypeOf(prediction)),
            op.Sum(op.Multiply(target, weighted), [0]),
            op.Sum(weighted, [0]),
            op.Sum(op.Multiply(op.Binary(BinaryOperator.SquaredDifference, target, prediction), spread), [0]),
            op.Sum(spread, [0]),
        ];
    }

    private static T IsInfinite<T>(IOperators<T> op, T x)
        where T : class => op.Unary(UnaryOperator.LogicalNot, op.Binary(BinaryOperator.LogicalOr, op.Unary(UnaryOperator.IsFinite, x), op.Unary(UnaryOperator.IsNaN, x)));

    private T Adjusted<T>(IOperators<T> op, T score, T samples)
        where T : class
    {
        var freedom = op.Subtract(samples, NumRegressors + 1);
        var adjusted = op.SubtractFrom(1, op.DivideNoNaN(op.Multiply(op.SubtractFrom(1, score), op.Subtract(samples, 1)), freedom));
        return op.Select(op.IsGreater(freedom, 0), adjusted, score);
    }
}
