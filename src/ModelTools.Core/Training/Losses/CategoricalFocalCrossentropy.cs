using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>Categorical crossentropy in which easy samples count less (arXiv:1708.02002). Keras: <c>keras.losses.CategoricalFocalCrossentropy</c>.</summary>
public sealed record CategoricalFocalCrossentropy : Loss
{
    /// <summary>The weight of all classes, or one weight per class.</summary>
    public IReadOnlyList<double> Alpha { get; init; } = [0.25];

    /// <summary>How much less easy samples count.</summary>
    public double Gamma { get; init; } = 2;

    /// <summary>The prediction holds logits, not probabilities.</summary>
    public bool FromLogits { get; init; }

    /// <summary>The part of the target's certainty that is spread over all classes.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>The axis of the classes.</summary>
    public int Axis { get; init; } = -1;

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T target, T prediction)
    {
        target = Crossentropy.SmoothClasses(op, target, LabelSmoothing, -1);
        var probability = Crossentropy.Normalized(op, FromLogits ? op.Softmax(prediction, Axis) : prediction, Axis);
        var loss = op.Negate(op.Multiply(target, op.Log(probability)));
        var factor = op.Power(op.SubtractFrom(1, probability), Gamma);
        return op.Sum(op.Multiply(Weighted(op, factor), loss), [Axis]);
    }

    private T Weighted<T>(IOperators<T> op, T factor)
        where T : class => Alpha is [var single]
            ? op.Multiply(factor, single)
            : op.Multiply(factor, op.CastLike(op.Constant(Tensors.Tensor.FromArray([.. Alpha.Select(weight => (float)weight)])), factor));
}
