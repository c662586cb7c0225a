using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>The mean of (target - prediction)² over the last axis. Keras: <c>keras.losses.MeanSquaredError</c>.</summary>
[ObjectAlias("mse")]
public sealed record MeanSquaredError : Loss
{
    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T target, T prediction) =>
        op.Mean(op.Binary(BinaryOperator.SquaredDifference, prediction, target), [-1]);
}
