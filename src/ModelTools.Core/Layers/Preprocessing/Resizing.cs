using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Brings images to a size. Keras: <c>keras.layers.Resizing</c>.</summary>
/// <remarks>Images whose size is open can be exported where they are stretched by nearest, bilinear, bicubic or area without antialiasing.</remarks>
/// <param name="Height">Height of the output.</param>
/// <param name="Width">Width of the output.</param>
public sealed record Resizing(int Height, int Width) : ImageLayer
{
    /// <summary>How values between pixels are found.</summary>
    public Interpolation Interpolation { get; init; } = Interpolation.Bilinear;

    /// <summary>Whether images are cropped to the output's proportions first.</summary>
    public bool CropToAspectRatio { get; init; }

    /// <summary>Whether images are padded to the output's proportions first (Keras 3.3).</summary>
    [ConfigWrite(Keras2 = false, OnlyIfSet = true)]
    public bool PadToAspectRatio { get; init; }

    /// <summary>What is padded with (Keras 3.3).</summary>
    [ConfigWrite(Keras2 = false, OnlyIfSet = true)]
    public string FillMode { get; init; } = "constant";

    /// <summary>The number that is padded with (Keras 3.3).</summary>
    [ConfigWrite(Keras2 = false, OnlyIfSet = true)]
    public double FillValue { get; init; }

    /// <summary>Whether shrinking smooths first (Keras 3.9).</summary>
    [ConfigWrite(Keras2 = false, OnlyIfSet = true)]
    public bool Antialias { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        RequireAtLeast(Height, 1, nameof(Height));
        RequireAtLeast(Width, 1, nameof(Width));
        if (CropToAspectRatio && PadToAspectRatio)
        {
            throw InvalidOption($"cannot have both {nameof(CropToAspectRatio)} and {nameof(PadToAspectRatio)}.");
        }

        if (FillMode != "constant")
        {
            throw InvalidOption($"cannot have {nameof(FillMode)} = {FillMode}: Keras knows constant only.");
        }
    }

    /// <inheritdoc/>
    protected override T Transform<T>(IOperators<T> op, T images, LayerCall<T> call) =>
        op.ResizeTo(images, new ImageResizing(Height, Width, Interpolation)
        {
            Antialias = Antialias,
            Fit = CropToAspectRatio ? ImageFit.Crop : PadToAspectRatio ? ImageFit.Pad : ImageFit.Stretch,
            FillValue = FillValue,
        });
}
