using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Enlarges images by whole factors.</summary>
/// <remarks>Input [batch, height, width, channels]. Keras: <c>keras.layers.UpSampling2D</c>.</remarks>
/// <param name="Size">The factors: one number, or one per spatial axis; 2 if not given.</param>
public sealed record UpSampling2D(IntegerList? Size = null) : UpSampling(2, Size ?? 2)
{
    /// <summary>How values between pixels are found: nearest and bilinear can be run.</summary>
    public ResizeMethod Interpolation { get; init; }

    /// <inheritdoc/>
    protected override T CallChannelsLast<T>(IOperators<T> op, T input, LayerCall<T> call) => Interpolation switch
    {
        ResizeMethod.Nearest => base.CallChannelsLast(op, input, call),
        ResizeMethod.Bilinear => op.Resize(input, Size[0], Size[1], Operators.Interpolation.Bilinear),
        _ => throw Unsupported($"cannot be run with {nameof(Interpolation)} = {Interpolation}."),
    };
}
