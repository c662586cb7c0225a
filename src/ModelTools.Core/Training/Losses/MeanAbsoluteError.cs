using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>The mean of |target - prediction| over the last axis. Keras: <c>keras.losses.MeanAbsoluteError</c>.</summary>
[ObjectAlias("mae")]
public sealed record MeanAbsoluteError : Loss
{
    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T target, T prediction) =>
        op.Mean(op.Abs(op.Subtract(prediction, target)), [-1]);
}
