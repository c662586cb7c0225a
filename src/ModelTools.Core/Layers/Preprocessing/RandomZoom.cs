using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Enlarges or shrinks images. Keras: <c>keras.layers.RandomZoom</c>.</summary>
/// <param name="HeightFactor">How much at most, or the bounds.</param>
/// <param name="WidthFactor">The same for the width; null to keep the proportions.</param>
public sealed record RandomZoom(NumberList HeightFactor, NumberList? WidthFactor = null) : ImageAugmentation
{
    /// <summary>How places outside the image are filled.</summary>
    public string FillMode { get; init; } = "reflect";

    /// <summary>The number they are filled with, for the mode <c>constant</c>.</summary>
    public double FillValue { get; init; }

    /// <summary>How values between pixels are found.</summary>
    public Interpolation Interpolation { get; init; } = Interpolation.Bilinear;
}
