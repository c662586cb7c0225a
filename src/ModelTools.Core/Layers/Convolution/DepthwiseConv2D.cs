using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>Convolution of images, each channel by itself.</summary>
/// <remarks>Input [batch, height, width, channels]. Keras: <c>keras.layers.DepthwiseConv2D</c>.</remarks>
/// <param name="KernelSize">The window's size: one number, or one per spatial axis.</param>
public sealed record DepthwiseConv2D(IntegerList KernelSize) : DepthwiseConvolution(2, KernelSize);
