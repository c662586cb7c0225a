using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>100 · the mean of |target - prediction| / |target| over the last axis. Keras: <c>keras.losses.MeanAbsolutePercentageError</c>.</summary>
[ObjectAlias("mape")]
public sealed record MeanAbsolutePercentageError : Loss
{
    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T target, T prediction) =>
        op.Multiply(op.Mean(op.Abs(op.Divide(op.Subtract(target, prediction), op.Maximum(op.Abs(target), TensorMath.Epsilon))), [-1]), 100);
}
