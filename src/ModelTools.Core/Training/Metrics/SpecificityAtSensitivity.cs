using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>The best specificity at thresholds with at least a given sensitivity. Keras: <c>keras.metrics.SpecificityAtSensitivity</c>.</summary>
/// <param name="Sensitivity">The least sensitivity.</param>
public sealed record SpecificityAtSensitivity(double Sensitivity) : ConstrainedMetric
{
    /// <inheritdoc/>
    public override void Validate() => Require(Sensitivity is >= 0 and <= 1 && NumThresholds > 0, "Sensitivity lies between 0 and 1 and NumThresholds is at least 1");

    private protected override T Result<T>(IOperators<T> op, Counts<T> counts) => Best(op, ConstrainedMetric.Sensitivity(op, counts), Sensitivity, ConstrainedMetric.Specificity(op, counts));
}
