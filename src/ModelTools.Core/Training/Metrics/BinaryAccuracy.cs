using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>How often a probability is on the target's side of a threshold. Keras: <c>keras.metrics.BinaryAccuracy</c>.</summary>
public sealed record BinaryAccuracy : MeanMetric
{
    /// <summary>Greater probabilities count as 1.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <inheritdoc/>
    protected override T Values<T>(IOperators<T> op, T target, T prediction)
    {
        (target, prediction) = op.AlignRanks(op.CastLike(target, prediction), prediction);
        return op.Matches(target, op.CastLike(op.IsGreater(prediction, Threshold), target));
    }
}
