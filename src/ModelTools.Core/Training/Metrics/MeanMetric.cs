using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>The weighted mean of a value per sample. Keras: <c>keras.metrics.MeanMetricWrapper</c>.</summary>
/// <remarks>State: total, count. Keras 2 counts every value, Keras 3 every sample; the quotient is the same.</remarks>
public abstract record MeanMetric : Metric
{
    /// <inheritdoc/>
    public override T Result<T>(IOperators<T> op, MetricState<T> state) => op.DivideNoNaN(state.Values[0], state.Values[1]);

    /// <summary>The values: the batch first.</summary>
    protected abstract T Values<T>(IOperators<T> op, T target, T prediction)
        where T : class;

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<T> Batch<T>(IOperators<T> op, T target, T prediction, T? weights)
        where T : class
    {
        var values = op.AsFloat(Values(op, target, prediction));
        if (weights is not null && op.RankOf(weights) == op.RankOf(values) + 1 && op.ShapeOf(weights)[^1] == 1)
        {
            weights = op.Squeeze(weights, -1);
        }

        return Dialect is KerasDialect.Keras2 ? PerValue(op, values, weights) : PerSample(op, values, weights);
    }

    private static IReadOnlyList<T> PerValue<T>(IOperators<T> op, T values, T? weights)
        where T : class
    {
        if (weights is null)
        {
            return [op.SumAll(values), op.CountOf(values, op.DTypeOf(values))];
        }

        var spread = op.Multiply(op.Fill(op.DTypeOf(values), op.DimensionsOf(values), 1), op.AlignWeights(values, weights));
        return [op.SumAll(op.Multiply(values, spread)), op.SumAll(spread)];
    }

    private static IReadOnlyList<T> PerSample<T>(IOperators<T> op, T values, T? weights)
        where T : class
    {
        if (weights is null)
        {
            var means = MeanFrom(op, values, 1);
            return [op.SumAll(means), op.CountOf(means, op.DTypeOf(means))];
        }

        values = op.Multiply(MeanFrom(op, values, op.RankOf(weights)), weights);
        return [op.SumAll(MeanFrom(op, values, 1)), op.SumAll(MeanFrom(op, weights, 1))];
    }

    private static T MeanFrom<T>(IOperators<T> op, T x, int first)
        where T : class => op.RankOf(x) <= first ? x : op.Mean(x, [.. Enumerable.Range(first, op.RankOf(x) - first)]);
}
