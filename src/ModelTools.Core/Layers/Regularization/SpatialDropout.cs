using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Drops whole channels in training. Keras: <c>BaseSpatialDropout</c>.</summary>
public abstract record SpatialDropout : RateLayer
{
    private readonly int _axes;

    private protected SpatialDropout(int axes, double rate)
        : base(rate)
    {
        _axes = axes;
    }

    /// <summary>Where the channels are.</summary>
    public virtual DataFormat DataFormat { get; init; }

    private protected sealed override T Disturb<T>(IOperators<T> op, T input)
    {
        RequireRank(op.ShapeOf(input), _axes + 2, _axes + 2);
        var channels = DataFormat is DataFormat.ChannelsFirst ? 1 : _axes + 1;
        return op.Dropout(input, Rate, [.. op.DimensionsOf(input).Select((extent, axis) => axis == 0 || axis == channels ? extent : 1)], Seed);
    }
}
