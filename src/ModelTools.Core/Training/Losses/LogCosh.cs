using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>The mean of log cosh(prediction - target) over the last axis. Keras: <c>keras.losses.LogCosh</c>.</summary>
[ObjectAlias("logcosh")]
public sealed record LogCosh : Loss
{
    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T target, T prediction)
    {
        var error = op.Subtract(prediction, target);
        return op.Mean(op.Subtract(op.Add(error, op.Unary(UnaryOperator.Softplus, op.Multiply(error, -2))), Math.Log(2)), [-1]);
    }
}
