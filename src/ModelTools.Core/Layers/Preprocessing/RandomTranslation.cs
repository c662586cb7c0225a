using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Moves images. Keras: <c>keras.layers.RandomTranslation</c>.</summary>
/// <param name="HeightFactor">How far at most, as part of the height, or the bounds.</param>
/// <param name="WidthFactor">How far at most, as part of the width, or the bounds.</param>
public sealed record RandomTranslation(NumberList HeightFactor, NumberList WidthFactor) : ImageAugmentation
{
    /// <summary>How places outside the image are filled.</summary>
    public string FillMode { get; init; } = "reflect";

    /// <summary>The number they are filled with, for the mode <c>constant</c>.</summary>
    public double FillValue { get; init; }

    /// <summary>How values between pixels are found.</summary>
    public Interpolation Interpolation { get; init; } = Interpolation.Bilinear;
}
