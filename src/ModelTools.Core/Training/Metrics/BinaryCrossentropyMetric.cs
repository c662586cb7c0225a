using ModelTools.Objects;

namespace ModelTools.Training;

/// <summary>The mean of <see cref="BinaryCrossentropy"/>. Keras: <c>keras.metrics.BinaryCrossentropy</c>.</summary>
[ObjectAlias("bce")]
public sealed record BinaryCrossentropyMetric : LossMetric
{
    /// <summary>The prediction holds logits, not probabilities.</summary>
    public bool FromLogits { get; init; }

    /// <summary>The part of the target's certainty that goes to one half.</summary>
    public double LabelSmoothing { get; init; }

    /// <inheritdoc/>
    protected override Loss Measure => new BinaryCrossentropy { FromLogits = FromLogits, LabelSmoothing = LabelSmoothing };
}
