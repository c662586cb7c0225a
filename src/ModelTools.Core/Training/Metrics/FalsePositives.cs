using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>How many answers are wrongly a yes. Keras: <c>keras.metrics.FalsePositives</c>.</summary>
public sealed record FalsePositives : ThresholdMetric
{
    /// <inheritdoc/>
    public override T Result<T>(IOperators<T> op, MetricState<T> state) => Scalar(op, state.Values[0]);

    private protected override IReadOnlyList<T> Chosen<T>(Counts<T> counts) => [counts.FalsePositives];
}
