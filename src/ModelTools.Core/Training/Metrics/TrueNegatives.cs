using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>How many answers are rightly a no. Keras: <c>keras.metrics.TrueNegatives</c>.</summary>
public sealed record TrueNegatives : ThresholdMetric
{
    /// <inheritdoc/>
    public override T Result<T>(IOperators<T> op, MetricState<T> state) => Scalar(op, state.Values[0]);

    private protected override IReadOnlyList<T> Chosen<T>(Counts<T> counts) => [counts.TrueNegatives];
}
