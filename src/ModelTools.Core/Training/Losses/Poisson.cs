using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>The mean of prediction - target · log(prediction) over the last axis. Keras: <c>keras.losses.Poisson</c>.</summary>
public sealed record Poisson : Loss
{
    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T target, T prediction) =>
        op.Mean(op.Subtract(prediction, op.Multiply(target, op.Log(op.Add(prediction, TensorMath.Epsilon)))), [-1]);
}
