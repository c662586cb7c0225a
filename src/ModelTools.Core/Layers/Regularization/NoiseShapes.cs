using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Shapes of random masks, as layers are given them.</summary>
internal static class NoiseShapes
{
    /// <summary>The extents of a mask: an open one is the input's; null for the input's shape.</summary>
    public static Dimension<T>[]? Resolve<T>(IOperators<T> op, T input, Shape? noiseShape)
        where T : class =>
        noiseShape is null ? null : [.. noiseShape.Select((extent, axis) => extent >= 0 ? extent : op.DimensionOf(input, axis))];
}
