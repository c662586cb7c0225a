using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>Convolution of images, each channel by itself, then a mix of the channels.</summary>
/// <remarks>Input [batch, height, width, channels]. Keras: <c>keras.layers.SeparableConv2D</c>.</remarks>
/// <param name="Filters">Number of output channels.</param>
/// <param name="KernelSize">The window's size: one number, or one per spatial axis.</param>
[ObjectAlias("SeparableConvolution2D")]
public sealed record SeparableConv2D(int Filters, IntegerList KernelSize) : SeparableConvolution(2, Filters, KernelSize);
