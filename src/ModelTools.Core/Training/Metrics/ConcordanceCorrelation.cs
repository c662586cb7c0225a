using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>How well predictions lie on the line of equality, along an axis. Keras: <c>keras.metrics.ConcordanceCorrelation</c>.</summary>
public sealed record ConcordanceCorrelation : MeanMetric
{
    /// <summary>The axis of the values.</summary>
    public int Axis { get; init; } = -1;

    /// <inheritdoc/>
    protected override T Values<T>(IOperators<T> op, T target, T prediction)
    {
        (target, prediction) = op.AlignRanks(op.CastLike(target, prediction), prediction);
        var (targetMean, targetVariance) = op.Moments(target, [Axis], true);
        var (mean, variance) = op.Moments(prediction, [Axis], true);

        // Keras centres both by the prediction's mean; over an axis the sum is the same.
        var covariance = op.Multiply(op.Subtract(target, mean), op.Subtract(prediction, mean));
        var norm = op.Add(op.Add(targetVariance, variance), op.Binary(BinaryOperator.SquaredDifference, targetMean, mean));
        return op.Mean(op.Divide(op.Multiply(covariance, 2), op.Add(norm, TensorMath.Epsilon)), [Axis]);
    }
}
