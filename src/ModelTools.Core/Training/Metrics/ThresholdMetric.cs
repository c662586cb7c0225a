using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>A metric of right and wrong answers at thresholds.</summary>
public abstract record ThresholdMetric : Metric
{
    /// <summary>Greater probabilities are a yes; null for Keras's default of 0.5. Several give several results.</summary>
    public IReadOnlyList<double>? Thresholds { get; init; }

    /// <inheritdoc/>
    public override void Validate() => Require(Thresholds is null || Thresholds.All(threshold => threshold is >= 0 and <= 1), "thresholds lie between 0 and 1");

    /// <summary>The default threshold.</summary>
    private protected virtual double DefaultThreshold => 0.5;

    /// <summary>How to count.</summary>
    private protected virtual ThresholdCounts Counter => new(Thresholds ?? [DefaultThreshold]);

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<T> Batch<T>(IOperators<T> op, T target, T prediction, T? weights)
        where T : class => Chosen(Counter.Of(op, target, prediction, weights));

    /// <summary>The counts that the metric keeps.</summary>
    private protected abstract IReadOnlyList<T> Chosen<T>(Counts<T> counts)
        where T : class;

    /// <summary>One threshold gives a scalar, several give a vector.</summary>
    private protected T Scalar<T>(IOperators<T> op, T values)
        where T : class => Thresholds is null or [_] ? op.Squeeze(values, 0) : values;
}
