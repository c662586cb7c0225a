using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>The best recall at thresholds with at least a given precision. Keras: <c>keras.metrics.RecallAtPrecision</c>.</summary>
/// <param name="Precision">The least precision.</param>
public sealed record RecallAtPrecision(double Precision) : ConstrainedMetric
{
    /// <inheritdoc/>
    public override void Validate() => Require(Precision is >= 0 and <= 1 && NumThresholds > 0, "Precision lies between 0 and 1 and NumThresholds is at least 1");

    private protected override T Result<T>(IOperators<T> op, Counts<T> counts) => Best(op, ConstrainedMetric.PrecisionOf(op, counts), Precision, ConstrainedMetric.Sensitivity(op, counts));
}
