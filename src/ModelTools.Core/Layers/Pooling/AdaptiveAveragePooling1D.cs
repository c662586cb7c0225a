using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>The mean of each of a given number of windows of sequences.</summary>
/// <remarks>Input [batch, time, channels]. Keras: <c>keras.layers.AdaptiveAveragePooling1D</c>.</remarks>
/// <param name="OutputSize">Extents of the output: one number, or one per spatial axis.</param>
public sealed record AdaptiveAveragePooling1D(IntegerList OutputSize) : AdaptivePooling(1, OutputSize, Reduction.Mean);
