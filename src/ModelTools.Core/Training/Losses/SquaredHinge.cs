using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>The mean of max(1 - target · prediction, 0)² over the last axis; targets are -1 and 1, or 0 and 1. Keras: <c>keras.losses.SquaredHinge</c>.</summary>
public sealed record SquaredHinge : Loss
{
    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T target, T prediction)
    {
        var margin = HingeTargets.Margin(op, target, prediction);
        return op.Mean(op.Square(margin), [-1]);
    }
}
