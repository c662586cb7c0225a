namespace ModelTools.Operators;

/// <summary>How values between pixels are found.</summary>
public enum Interpolation
{
    /// <summary>The nearest pixel.</summary>
    Nearest,

    /// <summary>Linear along both axes.</summary>
    Bilinear,

    /// <summary>Cubic along both axes (Keys, a = -0.5).</summary>
    Bicubic,

    /// <summary>Mean over the area.</summary>
    Area,

    /// <summary>Lanczos filter of radius 3.</summary>
    Lanczos3,

    /// <summary>Lanczos filter of radius 5.</summary>
    Lanczos5,

    /// <summary>Gaussian filter.</summary>
    Gaussian,

    /// <summary>Mitchell-Netravali filter.</summary>
    Mitchellcubic,
}
