using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>How often the target's class is among the most probable ones; targets are class numbers. Keras: <c>keras.metrics.SparseTopKCategoricalAccuracy</c>.</summary>
public sealed record SparseTopKCategoricalAccuracy : MeanMetric
{
    /// <summary>How many classes count.</summary>
    public int K { get; init; } = 5;

    /// <inheritdoc/>
    protected override T Values<T>(IOperators<T> op, T target, T prediction) => TopK.Hits(op, op.ClassNumbers(target, op.RankOf(prediction)), prediction, K);
}
