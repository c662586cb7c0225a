using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>The mean of max(1 - target · prediction, 0) over the last axis; targets are -1 and 1, or 0 and 1. Keras: <c>keras.losses.Hinge</c>.</summary>
public sealed record Hinge : Loss
{
    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T target, T prediction)
    {
        var margin = HingeTargets.Margin(op, target, prediction);
        return op.Mean(margin, [-1]);
    }
}
