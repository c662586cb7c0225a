using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>A mean of precision and recall per class, in which recall counts β² times. Keras: <c>keras.metrics.FBetaScore</c>.</summary>
/// <remarks>Target and prediction [batch, classes]. State: true positives, false positives, false negatives, occurrences.</remarks>
public record FBetaScore : Metric
{
    private const double LeastScore = 1e-9;

    /// <summary>How the classes' scores become one; null: one score per class.</summary>
    public ScoreAverage? Average { get; init; }

    /// <summary>How much recall counts.</summary>
    public virtual double Beta { get; init; } = 1;

    /// <summary>Greater predictions are a yes; null: the most probable class is.</summary>
    public double? Threshold { get; init; }

    /// <inheritdoc/>
    protected override string DefaultName => "fbeta_score";

    /// <inheritdoc/>
    public override T Result<T>(IOperators<T> op, MetricState<T> state)
    {
        var hits = state.Values[0];
        var precision = Ratio(op, hits, op.Add(hits, state.Values[1]));
        var recall = Ratio(op, hits, op.Add(hits, state.Values[2]));
        var score = op.Multiply(Ratio(op, op.Multiply(precision, recall), op.Add(op.Multiply(precision, Beta * Beta), recall)), 1 + (Beta * Beta));
        return Average switch
        {
            null => score,
            ScoreAverage.Weighted => op.SumAll(op.Multiply(score, Ratio(op, state.Values[3], op.SumAll(state.Values[3])))),
            _ => op.MeanAll(score),
        };
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<T> Batch<T>(IOperators<T> op, T target, T prediction, T? weights)
        where T : class
    {
        target = op.CastLike(target, prediction);
        var yes = op.CastLike(Answers(op, prediction), prediction);
        T Count(T x) => op.Sum(weights is null ? x : op.Multiply(x, op.AlignWeights(x, weights)), Average is ScoreAverage.Micro ? [0, 1] : [0]);
        return
        [
            Count(op.Multiply(yes, target)),
            Count(op.Multiply(yes, op.SubtractFrom(1, target))),
            Count(op.Multiply(op.SubtractFrom(1, yes), target)),
            Count(target),
        ];
    }

    private static T Ratio<T>(IOperators<T> op, T part, T whole)
        where T : class => op.Divide(part, op.Add(whole, TensorMath.Epsilon));

    private T Answers<T>(IOperators<T> op, T prediction)
        where T : class
    {
        if (Threshold is { } threshold)
        {
            return op.IsGreater(prediction, threshold);
        }

        var isLargest = op.Binary(BinaryOperator.GreaterEqual, prediction, op.Reduce(Reduction.Maximum, prediction, [-1], true));
        return op.Binary(BinaryOperator.LogicalAnd, isLargest, op.IsGreater(op.Abs(prediction), LeastScore));
    }
}
