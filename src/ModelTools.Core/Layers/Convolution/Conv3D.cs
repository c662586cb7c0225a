using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>Convolution of volumes.</summary>
/// <remarks>Input [batch, depth, height, width, channels]. Keras: <c>keras.layers.Conv3D</c>.</remarks>
/// <param name="Filters">Number of output channels.</param>
/// <param name="KernelSize">The window's size: one number, or one per spatial axis.</param>
[ObjectAlias("Convolution3D")]
public sealed record Conv3D(int Filters, IntegerList KernelSize) : Convolution(3, Filters, KernelSize);
