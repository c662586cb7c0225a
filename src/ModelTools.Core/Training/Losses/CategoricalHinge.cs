using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>max(best wrong class - right class + 1, 0). Keras: <c>keras.losses.CategoricalHinge</c>.</summary>
public sealed record CategoricalHinge : Loss
{
    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T target, T prediction)
    {
        var right = op.Sum(op.Multiply(target, prediction), [-1]);
        var wrong = op.Reduce(Operators.Reduction.Maximum, op.Multiply(op.SubtractFrom(1, target), prediction), [-1]);
        return op.Maximum(op.Add(op.Subtract(wrong, right), 1), 0);
    }
}
