using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Takes one number from each window of each channel. Keras: <c>BasePooling</c>.</summary>
public abstract record WindowPooling : SpatialLayer
{
    private readonly Pooling _pooling;

    private protected WindowPooling(int axes, Pooling pooling, IntegerList poolSize)
        : base(axes)
    {
        _pooling = pooling;
        PoolSize = poolSize;
    }

    /// <summary>The window's size: one number, or one per spatial axis.</summary>
    public IntegerList PoolSize
    {
        get;
        init => field = value.Spread(SpatialAxes);
    }

    /// <summary>The window's step: one number, or one per spatial axis; the window's size if not given.</summary>
    public IntegerList? Strides
    {
        get => field ?? PoolSize;
        init => field = value?.Spread(SpatialAxes);
    }

    /// <summary>Treatment of the border.</summary>
    public Padding Padding { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        RequirePerAxis(PoolSize, SpatialAxes, 1, nameof(PoolSize));
        RequirePerAxis(Strides!, SpatialAxes, 1, nameof(Strides));
        if (Padding is Padding.Causal)
        {
            throw InvalidOption("cannot have causal padding.");
        }
    }

    /// <inheritdoc/>
    protected sealed override T CallChannelsLast<T>(IOperators<T> op, T input, LayerCall<T> call) =>
        op.Pool(_pooling, input, new Window(PoolSize, Strides!, Padding, [.. PoolSize.Select(_ => 1)]));
}
