using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>Binary crossentropy in which easy samples count less (arXiv:1708.02002). Keras: <c>keras.losses.BinaryFocalCrossentropy</c>.</summary>
public sealed record BinaryFocalCrossentropy : Loss
{
    /// <summary>Weigh the two classes by <see cref="Alpha"/>.</summary>
    public bool ApplyClassBalancing { get; init; }

    /// <summary>The weight of class 1; class 0 has the rest.</summary>
    public double Alpha { get; init; } = 0.25;

    /// <summary>How much less easy samples count.</summary>
    public double Gamma { get; init; } = 2;

    /// <summary>The prediction holds logits, not probabilities.</summary>
    public bool FromLogits { get; init; }

    /// <summary>The part of the target's certainty that goes to one half.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>The axis that is averaged.</summary>
    public int Axis { get; init; } = -1;

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T target, T prediction)
    {
        target = Crossentropy.SmoothBinary(op, target, LabelSmoothing);
        var probability = FromLogits ? op.Sigmoid(prediction) : prediction;
        var loss = FromLogits && Dialect is KerasDialect.Keras2
            ? op.SigmoidCrossEntropy(target, prediction)
            : Crossentropy.Binary(op, target, probability, false, Dialect);
        loss = op.Multiply(loss, op.Power(op.SubtractFrom(1, Mix(op, target, probability, op.SubtractFrom(1, probability))), Gamma));
        if (ApplyClassBalancing)
        {
            loss = op.Multiply(loss, Mix(op, target, op.Scalar(Alpha, target), op.Scalar(1 - Alpha, target)));
        }

        return op.Mean(loss, [Axis]);
    }

    private static T Mix<T>(IOperators<T> op, T target, T one, T zero)
        where T : class => op.Add(op.Multiply(target, one), op.Multiply(op.SubtractFrom(1, target), zero));
}
