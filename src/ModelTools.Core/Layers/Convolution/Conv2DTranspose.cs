using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>Transposed convolution of images: the way back through a <see cref="Conv2D"/>.</summary>
/// <remarks>Input [batch, height, width, channels]. Keras: <c>keras.layers.Conv2DTranspose</c>.</remarks>
/// <param name="Filters">Number of output channels.</param>
/// <param name="KernelSize">The window's size: one number, or one per spatial axis.</param>
[ObjectAlias("Convolution2DTranspose")]
public sealed record Conv2DTranspose(int Filters, IntegerList KernelSize) : TransposedConvolution(2, Filters, KernelSize);
