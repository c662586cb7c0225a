using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>The mean of each of a given number of windows of images.</summary>
/// <remarks>Input [batch, height, width, channels]. Keras: <c>keras.layers.AdaptiveAveragePooling2D</c>.</remarks>
/// <param name="OutputSize">Extents of the output: one number, or one per spatial axis.</param>
public sealed record AdaptiveAveragePooling2D(IntegerList OutputSize) : AdaptivePooling(2, OutputSize, Reduction.Mean);
