namespace ModelTools.Formats.TensorFiles;

/// <summary>Which channels the pixels of an image become.</summary>
public enum ImageChannels
{
    /// <summary>As many as the file has: 1, 2 (gray, alpha), 3 or 4.</summary>
    AsStored,

    /// <summary>One: gray.</summary>
    Grayscale,

    /// <summary>Three: red, green, blue.</summary>
    Rgb,

    /// <summary>Four: red, green, blue, alpha.</summary>
    Rgba,
}
