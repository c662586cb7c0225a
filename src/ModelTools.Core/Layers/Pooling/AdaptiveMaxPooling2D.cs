using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>The largest number of each of a given number of windows of images.</summary>
/// <remarks>Input [batch, height, width, channels]. Keras: <c>keras.layers.AdaptiveMaxPooling2D</c>.</remarks>
/// <param name="OutputSize">Extents of the output: one number, or one per spatial axis.</param>
public sealed record AdaptiveMaxPooling2D(IntegerList OutputSize) : AdaptivePooling(2, OutputSize, Reduction.Maximum);
