using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>The mean of (log(1 + target) - log(1 + prediction))² over the last axis. Keras: <c>keras.losses.MeanSquaredLogarithmicError</c>.</summary>
[ObjectAlias("msle")]
public sealed record MeanSquaredLogarithmicError : Loss
{
    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T target, T prediction) =>
        op.Mean(op.Binary(BinaryOperator.SquaredDifference, Logarithm(op, prediction), Logarithm(op, target)), [-1]);

    private static T Logarithm<T>(IOperators<T> op, T x)
        where T : class => op.Log(op.Add(op.Maximum(x, TensorMath.Epsilon), 1));
}
