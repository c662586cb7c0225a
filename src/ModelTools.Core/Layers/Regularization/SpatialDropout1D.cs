using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>Drops whole channels of sequences in training. Keras: <c>keras.layers.SpatialDropout1D</c>.</summary>
/// <param name="Rate">The part of the channels that is dropped.</param>
public sealed record SpatialDropout1D(double Rate) : SpatialDropout(1, Rate)
{
    /// <inheritdoc/>
    [ConfigIgnore]
    public override DataFormat DataFormat { get; init; }

    /// <inheritdoc/>
    [ConfigWrite(Keras3 = false)]
    public override bool Trainable { get; init; } = true;
}
