using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Training;

/// <summary>Counts right and wrong answers of probabilities at thresholds. Keras: <c>update_confusion_matrix_variables</c>.</summary>
/// <param name="Thresholds">Greater probabilities are a yes.</param>
internal sealed record ThresholdCounts(IReadOnlyList<double> Thresholds)
{
    /// <summary>A prediction that no threshold reaches.</summary>
    public const double FarBelow = -1e10;

    // Comparing everything at once would take thresholds × elements; larger batches go through in parts.
    private const long MaximumCells = 1 << 24;

    /// <summary>Only the largest predictions of a sample count; null for all.</summary>
    public int? TopK { get; init; }

    /// <summary>Only this class counts; null for all.</summary>
    public int? ClassId { get; init; }

    /// <summary>Count each label (last axis) by itself.</summary>
    public bool PerLabel { get; init; }

    /// <summary>Weights of the labels, or null.</summary>
    public IReadOnlyList<double>? LabelWeights { get; init; }

    /// <summary>0, …, 1 in equal steps.</summary>
    public static IReadOnlyList<double> Even(int count) => count == 1 ? [0.5] : [.. Enumerable.Range(0, count).Select(i => (double)i / (count - 1))];

    /// <summary>Counts one batch.</summary>
    /// <returns>[thresholds], or [thresholds, labels] with <see cref="PerLabel"/>.</returns>
    public Counts<T> Of<T>(IOperators<T> op, T target, T prediction, T? weights)
        where T : class
    {
        (prediction, target) = op.AlignRanks(prediction, op.CastLike(target, prediction));
        if (TopK is { } k)
        {
            prediction = Training.TopK.Filter(op, prediction, k);
        }

        if (ClassId is { } id)
        {
            var last = op.RankOf(prediction) - 1;
            (target, prediction) = (op.Slice(target, last, id, id + 1), op.Slice(prediction, last, id, id + 1));
        }

        var spread = Spread(op, prediction, weights);
        var isTrue = op.CastLike(op.Binary(BinaryOperator.NotEqual, target, op.Scalar(0, target)), prediction);
        var labels = PerLabel ? op.ShapeOf(prediction)[^1] : 1;
        var yes = Columns(op, op.Multiply(isTrue, spread), labels);
        var no = Columns(op, op.Multiply(op.SubtractFrom(1, isTrue), spread), labels);
        var (truePositives, falsePositives) = Positives(op, Columns(op, prediction, labels), yes, no);
        var falseNegatives = op.Subtract(op.Sum(yes, [0], true), truePositives);
        var trueNegatives = op.Subtract(op.Sum(no, [0], true), falsePositives);
        return PerLabel
            ? new Counts<T>(truePositives, falsePositives, trueNegatives, falseNegatives)
            : new Counts<T>(op.Squeeze(truePositives, 1), op.Squeeze(falsePositives, 1), op.Squeeze(trueNegatives, 1), op.Squeeze(falseNegatives, 1));
    }

    private static T Columns<T>(IOperators<T> op, T x, long labels)
        where T : class => op.Reshape(x, [-1, labels]);

    private T Spread<T>(IOperators<T> op, T prediction, T? weights)
        where T : class
    {
        var spread = op.Fill(op.DTypeOf(prediction), op.DimensionsOf(prediction), 1);
        if (weights is not null)
        {
            spread = op.Multiply(spread, op.AlignWeights(prediction, weights));
        }

        return LabelWeights is null || PerLabel ? spread : op.Multiply(spread, op.CastLike(op.Constant(Tensor.FromArray([.. LabelWeights.Select(weight => (float)weight)])), spread));
    }

    // prediction, yes, no: [elements, labels].
    private (T TruePositives, T FalsePositives) Positives<T>(IOperators<T> op, T prediction, T yes, T no)
        where T : class
    {
        var (scaled, limits) = Comparison(op, prediction);
        var size = (int)Math.Clamp(MaximumCells / Math.Max(op.ShapeOf(prediction).ElementCount, 1), 1, limits.Length);
        List<T> truePositives = [];
        List<T> falsePositives = [];
        foreach (var part in limits.Chunk(size))
        {
            var limit = op.CastLike(op.Constant(Tensor.FromArray([.. part.Select(value => (float)value)], part.Length, 1, 1)), scaled);
            var isPositive = op.CastLike(op.Binary(BinaryOperator.Greater, op.ExpandDimensions(scaled, 0), limit), scaled);
            truePositives.Add(op.Sum(op.Multiply(isPositive, op.ExpandDimensions(yes, 0)), [1]));
            falsePositives.Add(op.Sum(op.Multiply(isPositive, op.ExpandDimensions(no, 0)), [1]));
        }

        return truePositives.Count == 1 ? (truePositives[0], falsePositives[0]) : (op.Concat(truePositives, 0), op.Concat(falsePositives, 0));
    }

    // Keras counts evenly spaced thresholds by scaling the predictions to whole numbers; other roundings would count borders otherwise.
    private (T Scaled, double[] Limits) Comparison<T>(IOperators<T> op, T prediction)
        where T : class
    {
        var count = Thresholds.Count;
        var isEven = count >= 3 && Thresholds.Select((threshold, i) => Math.Abs(threshold - ((double)i / (count - 1)))).All(distance => distance <= 1.1e-7);
        if (!isEven)
        {
            return (prediction, [.. Thresholds]);
        }

        var limits = Enumerable.Range(0, count).Select(i => (double)i).ToArray();
        if (Thresholds[0] < 0)
        {
            limits[0] = -1;
        }

        return (op.Multiply(op.Clip(prediction, 0, 1), count - 1), limits);
    }
}
