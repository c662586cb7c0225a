using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>Adds zeros around sequences.</summary>
/// <remarks>Input [batch, length, channels]. Keras: <c>keras.layers.ZeroPadding1D</c>.</remarks>
public sealed record ZeroPadding1D() : ZeroPadding(1)
{
    /// <inheritdoc/>
    [ConfigWrite(Keras2 = false, OnlyIfSet = true)]
    public override DataFormat DataFormat { get; init; }
}
