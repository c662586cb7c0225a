using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Enlarges images by whole factors.</summary>
/// <remarks>Input [batch, height, width, channels]. Keras: <c>keras.layers.UpSampling2D</c>.</remarks>
/// <param name="Size">The factors: one number, or one per spatial axis; 2 if not given.</param>
public sealed record UpSampling2D(IntegerList? Size = null) : UpSampling(2, Size ?? 2)
{
    /// <summary>How values between pixels are found: on images whose size is open, the filters (lanczos, gaussian, mitchellcubic) cannot be exported.</summary>
    public Interpolation Interpolation { get; init; }

    /// <inheritdoc/>
    protected override T CallChannelsLast<T>(IOperators<T> op, T input, LayerCall<T> call) =>
        Interpolation is Interpolation.Nearest ? base.CallChannelsLast(op, input, call) : op.Resize(input, Size[0], Size[1], Interpolation);
}
