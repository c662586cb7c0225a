using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>Quadratic near 0, linear beyond a limit; the mean over the last axis. Keras: <c>keras.losses.Huber</c>.</summary>
[ObjectAlias("huber_loss")]
public sealed record Huber : Loss
{
    /// <summary>Where the quadratic part ends.</summary>
    [ConfigWrite(OnlyIfSet = true)]
    public double Delta { get; init; } = 1;

    /// <inheritdoc/>
    protected override string DefaultName => "huber_loss";

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T target, T prediction)
    {
        var error = op.Abs(op.Subtract(prediction, target));
        var isNear = op.Binary(BinaryOperator.LessEqual, error, op.Scalar(Delta, error));
        return op.Mean(op.Select(isNear, op.Multiply(op.Square(error), 0.5), op.Add(op.Multiply(error, Delta), -0.5 * Delta * Delta)), [-1]);
    }
}
