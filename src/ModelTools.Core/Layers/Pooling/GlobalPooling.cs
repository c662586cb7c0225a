using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Takes one number from each channel. Keras: <c>BaseGlobalPooling</c>.</summary>
/// <remarks>Output [batch, channels], or with ones in the place of the spatial axes.</remarks>
public abstract record GlobalPooling : TensorLayer
{
    private readonly int _axes;
    private readonly Reduction _reduction;

    private protected GlobalPooling(int axes, Reduction reduction)
    {
        _axes = axes;
        _reduction = reduction;
    }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; init; }

    /// <summary>Whether the spatial axes stay, with extent 1.</summary>
    [Objects.ConfigKey("keepdims")]
    public bool KeepDims { get; init; }

    /// <inheritdoc/>
    protected sealed override T Call<T>(IOperators<T> op, T input, LayerCall<T> call)
    {
        RequireRank(op.ShapeOf(input), _axes + 2, _axes + 2);
        var axes = Enumerable.Range(DataFormat is DataFormat.ChannelsFirst ? 2 : 1, _axes).ToArray();
        return PoolMasked(op, input, call.Inputs[0].Mask, axes) ?? op.Reduce(_reduction, input, axes, KeepDims);
    }

    /// <summary>The result where a mask counts; null where it does not.</summary>
    private protected virtual T? PoolMasked<T>(IOperators<T> op, T input, T? mask, int[] axes)
        where T : class => null;
}
