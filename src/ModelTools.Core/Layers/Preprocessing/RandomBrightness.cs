using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>Changes the brightness. Keras: <c>keras.layers.RandomBrightness</c>.</summary>
/// <param name="Factor">How much at most, or the bounds.</param>
public sealed record RandomBrightness(NumberList Factor) : ImageAugmentation
{
    /// <summary>The range of the pixels.</summary>
    public NumberList ValueRange { get; init; } = new double[] { 0, 255 };
}
