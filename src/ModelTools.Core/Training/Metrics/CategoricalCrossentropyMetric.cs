using ModelTools.Objects;

namespace ModelTools.Training;

/// <summary>The mean of <see cref="CategoricalCrossentropy"/>. Keras: <c>keras.metrics.CategoricalCrossentropy</c>.</summary>
public sealed record CategoricalCrossentropyMetric : LossMetric
{
    /// <summary>The prediction holds logits, not probabilities.</summary>
    public bool FromLogits { get; init; }

    /// <summary>The part of the target's certainty that is spread over all classes.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>The axis of the classes.</summary>
    [ConfigWrite(Keras2 = false, OnlyIfSet = true)]
    public int Axis { get; init; } = -1;

    /// <inheritdoc/>
    protected override Loss Measure => new CategoricalCrossentropy { FromLogits = FromLogits, LabelSmoothing = LabelSmoothing, Axis = Axis };
}
