using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>The best of one share over the thresholds at which another one is large enough.</summary>
public abstract record ConstrainedMetric : CurveMetric
{
    /// <summary>Only this class counts; null for all.</summary>
    public int? ClassId { get; init; }

    private protected override ThresholdCounts Counter => new(ThresholdCounts.Even(NumThresholds)) { ClassId = ClassId };

    /// <summary>The largest <paramref name="wanted"/> where <paramref name="constrained"/> is not below a limit; 0 if nowhere.</summary>
    private protected static T Best<T>(IOperators<T> op, T constrained, double limit, T wanted)
        where T : class
    {
        var isFeasible = op.Binary(BinaryOperator.GreaterEqual, constrained, op.Scalar(limit, constrained));
        return op.Reduce(Reduction.Maximum, op.Select(isFeasible, wanted, op.Scalar(0, wanted)), [0]);
    }

    private protected static T Sensitivity<T>(IOperators<T> op, Counts<T> counts)
        where T : class => Share(op, counts.TruePositives, counts.FalseNegatives);

    private protected static T Specificity<T>(IOperators<T> op, Counts<T> counts)
        where T : class => Share(op, counts.TrueNegatives, counts.FalsePositives);

    private protected static T PrecisionOf<T>(IOperators<T> op, Counts<T> counts)
        where T : class => Share(op, counts.TruePositives, counts.FalsePositives);
}
