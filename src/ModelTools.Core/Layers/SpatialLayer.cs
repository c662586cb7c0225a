using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>A layer over 1 to 3 spatial axes. It computes with the channels last; other tensors are turned before and after.</summary>
/// <remarks>Input [batch, spatial…, channels], or [batch, channels, spatial…] where <see cref="DataFormat"/> says so; the output likewise.</remarks>
public abstract record SpatialLayer : TensorLayer
{
    private protected SpatialLayer(int axes)
    {
        SpatialAxes = axes;
    }

    /// <summary>Where the channels are.</summary>
    public virtual DataFormat DataFormat { get; init; }

    /// <summary>Number of spatial axes.</summary>
    private protected int SpatialAxes { get; }

    /// <summary>The axis of the channels in the input.</summary>
    private protected int ChannelAxis => DataFormat is DataFormat.ChannelsFirst ? 1 : SpatialAxes + 1;

    /// <inheritdoc/>
    protected sealed override T Call<T>(IOperators<T> op, T input, LayerCall<T> call)
    {
        RequireRank(op.ShapeOf(input), SpatialAxes + 2, SpatialAxes + 2);
        return Finish(op, DataFormat is DataFormat.ChannelsLast
            ? CallChannelsLast(op, input, call)
            : op.ToChannelsFirst(CallChannelsLast(op, op.ToChannelsLast(input), call)));
    }

    /// <summary>Computes the output, channels last.</summary>
    protected abstract T CallChannelsLast<T>(IOperators<T> op, T input, LayerCall<T> call)
        where T : class;

    /// <summary>What is done to the output in its own order of axes.</summary>
    protected virtual T Finish<T>(IOperators<T> op, T output)
        where T : class => output;
}
