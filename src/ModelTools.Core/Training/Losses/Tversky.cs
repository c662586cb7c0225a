using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>1 - the common part of target and prediction, divided by it and the weighted errors. Keras: <c>keras.losses.Tversky</c>.</summary>
public sealed record Tversky : Loss
{
    /// <summary>Weight of what the prediction misses.</summary>
    public double Alpha { get; init; } = 0.5;

    /// <summary>Weight of what it adds.</summary>
    public double Beta { get; init; } = 0.5;

    /// <summary>The axes that are summed; null for all.</summary>
    public IReadOnlyList<int>? Axis { get; init; }

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T target, T prediction)
    {
        var axes = Axis ?? TensorMath.AllAxes(op.RankOf(prediction));
        var common = op.Sum(op.Multiply(target, prediction), axes);
        var missed = op.Sum(op.Multiply(op.SubtractFrom(1, prediction), target), axes);
        var added = op.Sum(op.Multiply(prediction, op.SubtractFrom(1, target)), axes);
        var whole = op.Add(op.Add(op.Add(common, op.Multiply(missed, Alpha)), op.Multiply(added, Beta)), TensorMath.Epsilon);
        return op.SubtractFrom(1, op.Divide(common, whole));
    }
}
