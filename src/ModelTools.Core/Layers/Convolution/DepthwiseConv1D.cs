using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>Convolution of sequences, each channel by itself.</summary>
/// <remarks>Input [batch, length, channels]. Keras: <c>keras.layers.DepthwiseConv1D</c>.</remarks>
/// <param name="KernelSize">The window's size: one number, or one per spatial axis.</param>
public sealed record DepthwiseConv1D(IntegerList KernelSize) : DepthwiseConvolution(1, KernelSize);
