using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>How often the most probable class is the target's; targets are distributions. Keras: <c>keras.metrics.CategoricalAccuracy</c>.</summary>
public sealed record CategoricalAccuracy : MeanMetric
{
    /// <inheritdoc/>
    protected override T Values<T>(IOperators<T> op, T target, T prediction) => op.Matches(op.ArgMax(target, -1), op.ArgMax(prediction, -1));
}
