using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>-Σ target · log prediction over the classes; targets are distributions, such as one-hot rows. Keras: <c>keras.losses.CategoricalCrossentropy</c>.</summary>
/// <remarks>Target and prediction [batch, …, classes].</remarks>
public sealed record CategoricalCrossentropy : Loss
{
    /// <summary>The prediction holds logits, not probabilities.</summary>
    public bool FromLogits { get; init; }

    /// <summary>The part of the target's certainty that is spread over all classes.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>The axis of the classes.</summary>
    public int Axis { get; init; } = -1;

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T target, T prediction)
    {
        // Keras 3 counts the classes on the last axis, whatever the axis is.
        target = Crossentropy.SmoothClasses(op, target, LabelSmoothing, Dialect is KerasDialect.Keras2 ? Axis : -1);
        var isLast = Axis == -1 || Axis == op.RankOf(prediction) - 1;
        return FromLogits && isLast
            ? op.SoftmaxCrossEntropy(target, prediction)
            : op.Negate(op.Sum(op.Multiply(target, FromLogits ? op.LogSoftmax(prediction, Axis) : op.Log(Crossentropy.Normalized(op, prediction, Axis))), [Axis]));
    }
}
