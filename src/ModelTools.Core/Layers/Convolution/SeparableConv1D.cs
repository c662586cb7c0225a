using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>Convolution of sequences, each channel by itself, then a mix of the channels.</summary>
/// <remarks>Input [batch, length, channels]. Keras: <c>keras.layers.SeparableConv1D</c>.</remarks>
/// <param name="Filters">Number of output channels.</param>
/// <param name="KernelSize">The window's size: one number, or one per spatial axis.</param>
[ObjectAlias("SeparableConvolution1D")]
public sealed record SeparableConv1D(int Filters, IntegerList KernelSize) : SeparableConvolution(1, Filters, KernelSize)
{
    private protected override bool AllowsCausal => true;
}
