using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>A metric of all four counts over many thresholds.</summary>
/// <remarks>State: true positives, false positives, true negatives, false negatives; in Keras 2 the true negatives come second.</remarks>
public abstract record CurveMetric : Metric
{
    /// <summary>Number of thresholds.</summary>
    public int NumThresholds { get; init; } = 200;

    /// <inheritdoc/>
    public override void Validate() => Require(NumThresholds > 0, "NumThresholds is at least 1");

    /// <summary>How to count.</summary>
    private protected abstract ThresholdCounts Counter { get; }

    /// <inheritdoc/>
    public sealed override T Result<T>(IOperators<T> op, MetricState<T> state) => Result(op, Dialect is KerasDialect.Keras2
        ? new Counts<T>(state.Values[0], state.Values[2], state.Values[1], state.Values[3])
        : new Counts<T>(state.Values[0], state.Values[1], state.Values[2], state.Values[3]));

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<T> Batch<T>(IOperators<T> op, T target, T prediction, T? weights)
        where T : class
    {
        var counts = Counter.Of(op, target, Probabilities(op, prediction), weights);
        return Dialect is KerasDialect.Keras2
            ? [counts.TruePositives, counts.TrueNegatives, counts.FalsePositives, counts.FalseNegatives]
            : [counts.TruePositives, counts.FalsePositives, counts.TrueNegatives, counts.FalseNegatives];
    }

    /// <summary>The figure.</summary>
    private protected abstract T Result<T>(IOperators<T> op, Counts<T> counts)
        where T : class;

    /// <summary>The predictions as probabilities.</summary>
    private protected virtual T Probabilities<T>(IOperators<T> op, T prediction)
        where T : class => prediction;

    /// <summary>part / (part + rest), and 0 where both are 0.</summary>
    private protected static T Share<T>(IOperators<T> op, T part, T rest)
        where T : class => op.DivideNoNaN(part, op.Add(part, rest));
}
