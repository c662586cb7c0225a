using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>The best precision at thresholds with at least a given recall. Keras: <c>keras.metrics.PrecisionAtRecall</c>.</summary>
/// <param name="Recall">The least recall.</param>
public sealed record PrecisionAtRecall(double Recall) : ConstrainedMetric
{
    /// <inheritdoc/>
    public override void Validate() => Require(Recall is >= 0 and <= 1 && NumThresholds > 0, "Recall lies between 0 and 1 and NumThresholds is at least 1");

    private protected override T Result<T>(IOperators<T> op, Counts<T> counts) => Best(op, ConstrainedMetric.Sensitivity(op, counts), Recall, ConstrainedMetric.PrecisionOf(op, counts));
}
