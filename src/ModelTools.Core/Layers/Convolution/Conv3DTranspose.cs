using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>Transposed convolution of volumes: the way back through a <see cref="Conv3D"/>.</summary>
/// <remarks>Input [batch, depth, height, width, channels]. Keras: <c>keras.layers.Conv3DTranspose</c>.</remarks>
/// <param name="Filters">Number of output channels.</param>
/// <param name="KernelSize">The window's size: one number, or one per spatial axis.</param>
[ObjectAlias("Convolution3DTranspose")]
public sealed record Conv3DTranspose(int Filters, IntegerList KernelSize) : TransposedConvolution(3, Filters, KernelSize)
{
    /// <inheritdoc/>
    [ConfigWrite(Keras2 = false)]
    public override IntegerList DilationRate
    {
        get => base.DilationRate;
        init => base.DilationRate = value;
    }
}
