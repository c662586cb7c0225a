using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>The largest number of each of a given number of windows of volumes.</summary>
/// <remarks>Input [batch, depth, height, width, channels]. Keras: <c>keras.layers.AdaptiveMaxPooling3D</c>.</remarks>
/// <param name="OutputSize">Extents of the output: one number, or one per spatial axis.</param>
public sealed record AdaptiveMaxPooling3D(IntegerList OutputSize) : AdaptivePooling(3, OutputSize, Reduction.Maximum);
