using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>Convolution of images.</summary>
/// <remarks>Input [batch, height, width, channels]. Keras: <c>keras.layers.Conv2D</c>.</remarks>
/// <param name="Filters">Number of output channels.</param>
/// <param name="KernelSize">The window's size: one number, or one per spatial axis.</param>
[ObjectAlias("Convolution2D")]
public sealed record Conv2D(int Filters, IntegerList KernelSize) : Convolution(2, Filters, KernelSize);
