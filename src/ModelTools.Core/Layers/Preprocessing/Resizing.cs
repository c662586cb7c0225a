using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Brings images to a size. Keras: <c>keras.layers.Resizing</c>.</summary>
/// <remarks>Nearest and bilinear can be run; the other options are kept.</remarks>
/// <param name="Height">Height of the output.</param>
/// <param name="Width">Width of the output.</param>
public sealed record Resizing(int Height, int Width) : ImageLayer
{
    /// <summary>How values between pixels are found.</summary>
    public ResizeMethod Interpolation { get; init; } = ResizeMethod.Bilinear;

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
    }

    /// <inheritdoc/>
    protected override T Transform<T>(IOperators<T> op, T images, LayerCall<T> call)
    {
        if (CropToAspectRatio || PadToAspectRatio || Antialias || Interpolation is not (ResizeMethod.Nearest or ResizeMethod.Bilinear))
        {
            throw Unsupported($"cannot be run with {nameof(Interpolation)} = {Interpolation}, {nameof(CropToAspectRatio)}, {nameof(PadToAspectRatio)} or {nameof(Antialias)}.");
        }

        return op.ResizeTo(images, Height, Width, Interpolation is ResizeMethod.Nearest ? Operators.Interpolation.Nearest : Operators.Interpolation.Bilinear);
    }
}
