using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Cuts the ends of the spatial axes off.</summary>
public abstract record CroppingBase : SpatialLayer
{
    private protected CroppingBase(int axes, int cropping)
        : base(axes)
    {
        Cropping = cropping;
    }

    /// <summary>Elements cut before and after: one number, one per spatial axis, or a pair per spatial axis.</summary>
    public Borders Cropping
    {
        get;
        init => field = value.Spread(SpatialAxes);
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        if (Cropping.Count != SpatialAxes || Cropping.Any(pair => pair.Before < 0 || pair.After < 0))
        {
            throw InvalidOption($"cannot have {nameof(Cropping)} = {Cropping}: it takes a pair of numbers, 0 or more, for each of {SpatialAxes} axes.");
        }
    }

    /// <inheritdoc/>
    protected sealed override T CallChannelsLast<T>(IOperators<T> op, T input, LayerCall<T> call)
    {
        var shape = op.ShapeOf(input);
        var output = input;
        for (var i = 0; i < SpatialAxes; i++)
        {
            var (before, after) = Cropping[i];
            if (shape[i + 1] >= 0 && before + after >= shape[i + 1])
            {
                throw UnfitInput($"cuts {before} + {after} elements from an axis that has {shape[i + 1]}.");
            }

            output = before + after == 0 ? output : op.Slice(output, i + 1, before, after == 0 ? null : -after);
        }

        return output;
    }
}
