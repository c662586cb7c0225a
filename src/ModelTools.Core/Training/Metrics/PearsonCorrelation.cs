using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>The mean correlation of target and prediction along an axis. Keras: <c>keras.metrics.PearsonCorrelation</c>.</summary>
public sealed record PearsonCorrelation : MeanMetric
{
    /// <summary>The axis of the values.</summary>
    public int Axis { get; init; } = -1;

    /// <inheritdoc/>
    protected override T Values<T>(IOperators<T> op, T target, T prediction)
    {
        (target, prediction) = op.AlignRanks(op.CastLike(target, prediction), prediction);
        return op.Mean(op.Multiply(Standardized(op, target), Standardized(op, prediction)), [Axis]);
    }

    private T Standardized<T>(IOperators<T> op, T x)
        where T : class
    {
        var (mean, variance) = op.Moments(x, [Axis], true);
        return op.Divide(op.Subtract(x, mean), op.Sqrt(variance));
    }
}
