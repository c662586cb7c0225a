namespace ModelTools.Layers;

/// <summary>How values between pixels are found. All are kept; the first two can be run.</summary>
public enum ResizeMethod
{
    /// <summary>The nearest pixel.</summary>
    Nearest,

    /// <summary>Linear along both axes.</summary>
    Bilinear,

    /// <summary>Cubic along both axes.</summary>
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
