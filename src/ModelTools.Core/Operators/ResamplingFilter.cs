namespace ModelTools.Operators;

/// <summary>A filter with which images are resampled.</summary>
/// <param name="Radius">Distance from which on it is 0.</param>
/// <param name="At">Its value at a distance, which is not negative.</param>
internal sealed record ResamplingFilter(float Radius, Func<float, float> At)
{
    private static readonly ResamplingFilter Triangle = new(1, x => MathF.Max(0, 1 - x));
    private static readonly ResamplingFilter Keys = new(2, x => x switch
    {
        >= 2 => 0,
        >= 1 => (((((-0.5f * x) + 2.5f) * x) - 4) * x) + 2,
        _ => (((1.5f * x) - 2.5f) * x * x) + 1,
    });

    private static readonly ResamplingFilter Mitchell = new(2, x => x switch
    {
        >= 2 => 0,
        >= 1 => (((((-7 / 18f * x) + 2) * x) - (10 / 3f)) * x) + (16 / 9f),
        _ => (((7 / 6f * x) - 2) * x * x) + (8 / 9f),
    });

    // A standard deviation of a third of the radius.
    private static readonly ResamplingFilter Gaussian = new(1.5f, x => x >= 1.5f ? 0 : MathF.Exp(-2 * x * x));
    private static readonly ResamplingFilter Lanczos3 = Lanczos(3);
    private static readonly ResamplingFilter Lanczos5 = Lanczos(5);

    /// <summary>The filter of an interpolation.</summary>
    public static ResamplingFilter Of(Interpolation interpolation) => interpolation switch
    {
        Interpolation.Bilinear => Triangle,
        Interpolation.Bicubic => Keys,
        Interpolation.Lanczos3 => Lanczos3,
        Interpolation.Lanczos5 => Lanczos5,
        Interpolation.Gaussian => Gaussian,
        Interpolation.Mitchellcubic => Mitchell,
        _ => throw new ArgumentOutOfRangeException(nameof(interpolation)),
    };

    private static ResamplingFilter Lanczos(float radius) => new(radius, x => x > radius ? 0 : x <= 1e-3f ? 1 : radius * MathF.Sin(MathF.PI * x) * MathF.Sin(MathF.PI * x / radius) / (MathF.PI * MathF.PI * x * x));
}
