using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Adds zeros around the spatial axes.</summary>
public abstract record ZeroPadding : SpatialLayer
{
    private protected ZeroPadding(int axes)
        : base(axes)
    {
        Padding = 1;
    }

    /// <summary>Zeros before and after: one number, one per spatial axis, or a pair per spatial axis.</summary>
    public Borders Padding
    {
        get;
        init => field = value.Spread(SpatialAxes);
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        if (Padding.Count != SpatialAxes || Padding.Any(pair => pair.Before < 0 || pair.After < 0))
        {
            throw InvalidOption($"cannot have {nameof(Padding)} = {Padding}: it takes a pair of numbers, 0 or more, for each of {SpatialAxes} axes.");
        }
    }

    /// <inheritdoc/>
    protected sealed override T CallChannelsLast<T>(IOperators<T> op, T input, LayerCall<T> call) => op.Pad(input, [(0, 0), .. Padding, (0, 0)]);
}
