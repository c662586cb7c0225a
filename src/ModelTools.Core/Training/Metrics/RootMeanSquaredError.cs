using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>The root of the mean of (target - prediction)². Keras: <c>keras.metrics.RootMeanSquaredError</c>.</summary>
public sealed record RootMeanSquaredError : MeanMetric
{
    /// <inheritdoc/>
    public override T Result<T>(IOperators<T> op, MetricState<T> state) => op.Sqrt(base.Result(op, state));

    /// <inheritdoc/>
    protected override T Values<T>(IOperators<T> op, T target, T prediction)
    {
        (target, prediction) = op.AlignRanks(op.CastLike(target, prediction), prediction);
        return op.Binary(BinaryOperator.SquaredDifference, prediction, target);
    }
}
