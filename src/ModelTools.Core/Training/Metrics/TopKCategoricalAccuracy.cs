using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>How often the target's class is among the most probable ones; targets are distributions. Keras: <c>keras.metrics.TopKCategoricalAccuracy</c>.</summary>
public sealed record TopKCategoricalAccuracy : MeanMetric
{
    /// <summary>How many classes count.</summary>
    public int K { get; init; } = 5;

    /// <inheritdoc/>
    protected override T Values<T>(IOperators<T> op, T target, T prediction) => TopK.Hits(op, op.ArgMax(target, -1), prediction, K);
}
