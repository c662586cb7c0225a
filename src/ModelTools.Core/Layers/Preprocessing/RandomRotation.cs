using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Turns images. Keras: <c>keras.layers.RandomRotation</c>.</summary>
/// <param name="Factor">How much at most, as part of a full turn, or the bounds.</param>
public sealed record RandomRotation(NumberList Factor) : ImageAugmentation
{
    /// <summary>How places outside the image are filled.</summary>
    public string FillMode { get; init; } = "reflect";

    /// <summary>The number they are filled with, for the mode <c>constant</c>.</summary>
    public double FillValue { get; init; }

    /// <summary>How values between pixels are found.</summary>
    public Interpolation Interpolation { get; init; } = Interpolation.Bilinear;
}
