using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>How often the prediction equals the target. Keras: <c>keras.metrics.Accuracy</c>.</summary>
/// <remarks>The name <c>accuracy</c> in a list of metrics is another thing: see <see cref="NamedMetric"/>.</remarks>
public sealed record Accuracy : MeanMetric
{
    /// <inheritdoc/>
    protected override T Values<T>(IOperators<T> op, T target, T prediction)
    {
        (target, prediction) = op.AlignRanks(op.CastLike(target, prediction), prediction);
        return op.Matches(target, prediction);
    }
}
