using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>A layer over images [batch, height, width, channels].</summary>
public abstract record ImageLayer : TensorLayer
{
    /// <summary>Where the channels are (Keras 3).</summary>
    [ConfigWrite(Keras2 = false)]
    public DataFormat DataFormat { get; init; }

    /// <summary>Computes the output, channels last, in the layer's compute type.</summary>
    protected abstract T Transform<T>(IOperators<T> op, T images, LayerCall<T> call)
        where T : class;

    /// <inheritdoc/>
    protected sealed override T Call<T>(IOperators<T> op, T input, LayerCall<T> call)
    {
        RequireRank(op.ShapeOf(input), 4, 4);
        var images = op.DTypeOf(input) == DType.ComputeDType ? input : op.Cast(input, DType.ComputeDType);
        return DataFormat is DataFormat.ChannelsLast
            ? Transform(op, images, call)
            : op.ToChannelsFirst(Transform(op, op.ToChannelsLast(images), call));
    }
}
