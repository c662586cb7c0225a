using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>Drops whole channels of images in training. Keras: <c>keras.layers.SpatialDropout2D</c>.</summary>
/// <param name="Rate">The part of the channels that is dropped.</param>
public sealed record SpatialDropout2D(double Rate) : SpatialDropout(2, Rate)
{
    /// <inheritdoc/>
    [ConfigWrite(Keras2 = false)]
    public override DataFormat DataFormat { get; init; }

    /// <inheritdoc/>
    [ConfigWrite(Keras3 = false)]
    public override bool Trainable { get; init; } = true;
}
