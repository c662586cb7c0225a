using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>(1 - p^q) / q of the right class's probability; between crossentropy and absolute error. Keras: <c>keras.losses.CategoricalGeneralizedCrossEntropy</c>.</summary>
public sealed record CategoricalGeneralizedCrossEntropy : Loss
{
    /// <summary>Near 0 it is the crossentropy, at 1 the absolute error.</summary>
    public double Q { get; init; } = 0.5;

    /// <inheritdoc/>
    protected override bool TakesClassNumbers => true;

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T target, T prediction)
    {
        var labels = op.ClassNumbers(target, op.RankOf(prediction));
        var right = op.OneHot(labels, (int)op.ShapeOf(prediction)[^1], op.DTypeOf(prediction));
        var probability = op.Sum(op.Multiply(prediction, right), [-1]);
        return op.Multiply(op.SubtractFrom(1, op.Power(probability, Q)), 1 / Q);
    }
}
