using ModelTools.Objects;

namespace ModelTools.Training;

/// <summary>The mean of <see cref="SparseCategoricalCrossentropy"/>. Keras: <c>keras.metrics.SparseCategoricalCrossentropy</c>.</summary>
public sealed record SparseCategoricalCrossentropyMetric : LossMetric
{
    /// <summary>The prediction holds logits, not probabilities.</summary>
    public bool FromLogits { get; init; }

    /// <summary>Samples of this class do not count.</summary>
    [ConfigWrite(Keras3 = false, OnlyIfSet = true)]
    public int? IgnoreClass { get; init; }

    /// <summary>The axis of the classes: only the last one.</summary>
    [ConfigWrite(Keras2 = false, OnlyIfSet = true)]
    public int Axis { get; init; } = -1;

    /// <inheritdoc/>
    protected override Loss Measure => new SparseCategoricalCrossentropy { FromLogits = FromLogits, IgnoreClass = IgnoreClass };
}
