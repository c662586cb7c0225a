using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>How often the most probable class is the target; targets are class numbers. Keras: <c>keras.metrics.SparseCategoricalAccuracy</c>.</summary>
public sealed record SparseCategoricalAccuracy : MeanMetric
{
    /// <inheritdoc/>
    protected override T Values<T>(IOperators<T> op, T target, T prediction) =>
        op.Matches(op.ClassNumbers(target, op.RankOf(prediction)), op.ArgMax(prediction, -1));
}
