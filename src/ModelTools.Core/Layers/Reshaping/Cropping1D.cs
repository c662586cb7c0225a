using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>Cuts the ends of sequences off.</summary>
/// <remarks>Input [batch, length, channels]. Keras: <c>keras.layers.Cropping1D</c>.</remarks>
public sealed record Cropping1D() : CroppingBase(1, 1)
{
    /// <inheritdoc/>
    [ConfigIgnore]
    public override DataFormat DataFormat { get; init; }
}
