using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>The best sensitivity at thresholds with at least a given specificity. Keras: <c>keras.metrics.SensitivityAtSpecificity</c>.</summary>
/// <param name="Specificity">The least specificity.</param>
public sealed record SensitivityAtSpecificity(double Specificity) : ConstrainedMetric
{
    /// <inheritdoc/>
    public override void Validate() => Require(Specificity is >= 0 and <= 1 && NumThresholds > 0, "Specificity lies between 0 and 1 and NumThresholds is at least 1");

    private protected override T Result<T>(IOperators<T> op, Counts<T> counts) => Best(op, ConstrainedMetric.Specificity(op, counts), Specificity, ConstrainedMetric.Sensitivity(op, counts));
}
