using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>Transposed convolution of sequences: the way back through a <see cref="Conv1D"/>.</summary>
/// <remarks>Input [batch, length, channels]. Keras: <c>keras.layers.Conv1DTranspose</c>.</remarks>
/// <param name="Filters">Number of output channels.</param>
/// <param name="KernelSize">The window's size: one number, or one per spatial axis.</param>
[ObjectAlias("Convolution1DTranspose")]
public sealed record Conv1DTranspose(int Filters, IntegerList KernelSize) : TransposedConvolution(1, Filters, KernelSize);
