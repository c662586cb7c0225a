using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>Convolution of sequences.</summary>
/// <remarks>Input [batch, length, channels]. Keras: <c>keras.layers.Conv1D</c>.</remarks>
/// <param name="Filters">Number of output channels.</param>
/// <param name="KernelSize">The window's size: one number, or one per spatial axis.</param>
[ObjectAlias("Convolution1D")]
public sealed record Conv1D(int Filters, IntegerList KernelSize) : Convolution(1, Filters, KernelSize)
{
    private protected override bool AllowsCausal => true;
}
