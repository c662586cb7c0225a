using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>The mean of each of a given number of windows of volumes.</summary>
/// <remarks>Input [batch, depth, height, width, channels]. Keras: <c>keras.layers.AdaptiveAveragePooling3D</c>.</remarks>
/// <param name="OutputSize">Extents of the output: one number, or one per spatial axis.</param>
public sealed record AdaptiveAveragePooling3D(IntegerList OutputSize) : AdaptivePooling(3, OutputSize, Reduction.Mean);
