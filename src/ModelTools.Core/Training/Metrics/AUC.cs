using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Training;

/// <summary>The area under a curve over all thresholds. Keras: <c>keras.metrics.AUC</c>.</summary>
public sealed record AUC : CurveMetric
{
    /// <summary>The curve.</summary>
    public AUCCurve Curve { get; init; }

    /// <summary>How the area is taken.</summary>
    [ConfigKey("summation_method")]
    public AUCSummation SummationMethod { get; init; }

    /// <summary>Thresholds between 0 and 1, without these two; null for evenly spaced ones.</summary>
    [ConfigWrite(OnlyIfSet = true)]
    public IReadOnlyList<double>? Thresholds { get; init; }

    /// <summary>The mean of the labels' own areas, in place of the area of all labels together.</summary>
    public bool MultiLabel { get; init; }

    /// <summary>Number of labels, for <see cref="MultiLabel"/>.</summary>
    public int? NumLabels { get; init; }

    /// <summary>Weights of the labels; null for equal ones.</summary>
    public IReadOnlyList<double>? LabelWeights { get; init; }

    /// <summary>The prediction holds logits, not probabilities.</summary>
    public bool FromLogits { get; init; }

    private protected override ThresholdCounts Counter
    {
        get
        {
            IReadOnlyList<double> inner = Thresholds is null ? [.. ThresholdCounts.Even(NumThresholds).Skip(1).SkipLast(1)] : [.. Thresholds.Order()];
            return new ThresholdCounts([-TensorMath.Epsilon, .. inner, 1 + TensorMath.Epsilon]) { PerLabel = MultiLabel, LabelWeights = LabelWeights };
        }
    }

    /// <inheritdoc/>
    public override void Validate() => Require(NumThresholds > 1, "NumThresholds is at least 2");

    private protected override T Probabilities<T>(IOperators<T> op, T prediction) => FromLogits ? op.Sigmoid(prediction) : prediction;

    private protected override T Result<T>(IOperators<T> op, Counts<T> counts)
    {
        if (Curve is AUCCurve.PR && SummationMethod is AUCSummation.Interpolation)
        {
            return Total(op, InterpolatedPrecision(op, counts));
        }

        var (x, y) = Points(op, counts);
        var (left, right) = (Upper(op, y), Lower(op, y));
        var height = SummationMethod switch
        {
            AUCSummation.Interpolation => op.Multiply(op.Add(left, right), 0.5),
            AUCSummation.Minoring => op.Minimum(left, right),
            _ => op.Maximum(left, right),
        };
        return Total(op, op.Multiply(op.Subtract(Upper(op, x), Lower(op, x)), height));
    }

    private (T X, T Y) Points<T>(IOperators<T> op, Counts<T> counts)
        where T : class
    {
        var recall = Share(op, counts.TruePositives, counts.FalseNegatives);
        return Curve switch
        {
            AUCCurve.ROC => (Share(op, counts.FalsePositives, counts.TrueNegatives), recall),
            AUCCurve.PR => (recall, Share(op, counts.TruePositives, counts.FalsePositives)),
            _ => (op.Maximum(Gain(op, counts, counts.FalseNegatives, 0), 0), Gain(op, counts, counts.FalsePositives, 1)),
        };
    }

    // 1 - (positives / negatives) · errors / hits (Flach and Kull).
    private static T Gain<T>(IOperators<T> op, Counts<T> counts, T errors, double withoutHits)
        where T : class
    {
        var scale = op.DivideNoNaN(op.Add(counts.TruePositives, counts.FalseNegatives), op.Add(counts.TrueNegatives, counts.FalsePositives));
        var gain = op.SubtractFrom(1, op.Multiply(scale, op.DivideNoNaN(errors, counts.TruePositives)));
        return op.Select(op.Binary(BinaryOperator.Equal, counts.TruePositives, op.Scalar(0, gain)), op.Scalar(withoutHits, gain), gain);
    }

    // Davis and Goadrich (2006): between two thresholds the true positives grow on a line with all positives.
    private static T InterpolatedPrecision<T>(IOperators<T> op, Counts<T> counts)
        where T : class
    {
        var hits = counts.TruePositives;
        var positives = op.Add(hits, counts.FalsePositives);
        var hitGrowth = op.Subtract(Upper(op, hits), Lower(op, hits));
        var slope = op.DivideNoNaN(hitGrowth, op.Maximum(op.Subtract(Upper(op, positives), Lower(op, positives)), 0));
        var intercept = op.Subtract(Lower(op, hits), op.Multiply(slope, Lower(op, positives)));
        var bothPositive = op.Binary(BinaryOperator.LogicalAnd, op.IsGreater(Upper(op, positives), 0), op.IsGreater(Lower(op, positives), 0));
        var ratio = op.Select(bothPositive, op.DivideNoNaN(Upper(op, positives), op.Maximum(Lower(op, positives), 0)), op.Scalar(1, positives));
        var area = op.Multiply(slope, op.Add(hitGrowth, op.Multiply(intercept, op.Log(ratio))));
        return op.DivideNoNaN(area, op.Maximum(op.Add(Lower(op, hits), Lower(op, counts.FalseNegatives)), 0));
    }

    private T Total<T>(IOperators<T> op, T parts)
        where T : class
    {
        var areas = op.Sum(parts, [0]);
        if (!MultiLabel)
        {
            return areas;
        }

        if (LabelWeights is null)
        {
            return op.Mean(areas, [0]);
        }

        var weights = op.CastLike(op.Constant(Tensor.FromArray([.. LabelWeights.Select(weight => (float)weight)])), areas);
        return op.DivideNoNaN(op.Sum(op.Multiply(areas, weights), [0]), op.Sum(weights, [0]));
    }

    private static T Upper<T>(IOperators<T> op, T x)
        where T : class => op.Slice(x, 0, 0, -1);

    private static T Lower<T>(IOperators<T> op, T x)
        where T : class => op.Slice(x, 0, 1);
}
