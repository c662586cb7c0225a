using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>Drops whole channels of volumes in training. Keras: <c>keras.layers.SpatialDropout3D</c>.</summary>
/// <param name="Rate">The part of the channels that is dropped.</param>
public sealed record SpatialDropout3D(double Rate) : SpatialDropout(3, Rate)
{
    /// <inheritdoc/>
    [ConfigWrite(Keras2 = false)]
    public override DataFormat DataFormat { get; init; }

    /// <inheritdoc/>
    [ConfigWrite(Keras3 = false)]
    public override bool Trainable { get; init; } = true;
}
