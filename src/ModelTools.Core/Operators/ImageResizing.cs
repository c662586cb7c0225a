namespace ModelTools.Operators;

/// <summary>What happens to images whose proportions are not those of the output.</summary>
public enum ImageFit
{
    /// <summary>They are stretched.</summary>
    Stretch,

    /// <summary>They are cut to the proportions first, around the middle.</summary>
    Crop,

    /// <summary>They are padded to the proportions first, on both sides.</summary>
    Pad,
}

/// <summary>How images are brought to a size; pixel centres lie at halves.</summary>
/// <param name="Height">Height of the output.</param>
/// <param name="Width">Width of the output.</param>
/// <param name="Interpolation">How values between pixels are found.</param>
public sealed record ImageResizing(int Height, int Width, Interpolation Interpolation)
{
    /// <summary>Whether shrinking smooths first; without meaning for nearest and area.</summary>
    public bool Antialias { get; init; }

    /// <summary>What happens to images of other proportions.</summary>
    public ImageFit Fit { get; init; }

    /// <summary>The number that is padded with.</summary>
    public double FillValue { get; init; }
}
