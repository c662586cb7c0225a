using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>-(target · log p + (1 - target) · log(1 - p)), averaged over an axis. Keras: <c>keras.losses.BinaryCrossentropy</c>.</summary>
/// <remarks>Keras 2 adds its epsilon inside the logarithms once more after clipping.</remarks>
[ObjectAlias("bce")]
public sealed record BinaryCrossentropy : Loss
{
    /// <summary>The prediction holds logits, not probabilities.</summary>
    public bool FromLogits { get; init; }

    /// <summary>The part of the target's certainty that goes to one half.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>The axis that is averaged.</summary>
    public int Axis { get; init; } = -1;

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T target, T prediction) =>
        op.Mean(Crossentropy.Binary(op, Crossentropy.SmoothBinary(op, target, LabelSmoothing), prediction, FromLogits, Dialect), [Axis]);
}
