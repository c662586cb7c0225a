using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>1 - twice the common part of target and prediction, divided by their sums. Keras: <c>keras.losses.Dice</c>.</summary>
public sealed record Dice : Loss
{
    /// <summary>The axes that are summed; null for all.</summary>
    public IReadOnlyList<int>? Axis { get; init; }

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T target, T prediction)
    {
        var axes = Axis ?? TensorMath.AllAxes(op.RankOf(prediction));
        var common = op.Multiply(op.Sum(op.Multiply(target, prediction), axes), 2);
        return op.SubtractFrom(1, op.Divide(common, op.Add(op.Add(op.Sum(target, axes), op.Sum(prediction, axes)), TensorMath.Epsilon)));
    }
}
