using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Enlarges the spatial axes by whole factors.</summary>
public abstract record UpSampling : SpatialLayer
{
    private protected UpSampling(int axes, IntegerList size)
        : base(axes)
    {
        Size = size;
    }

    /// <summary>The factors: one number, or one per spatial axis.</summary>
    public virtual IntegerList Size
    {
        get;
        init => field = value.Spread(SpatialAxes);
    }

    /// <inheritdoc/>
    public override void Validate() => RequirePerAxis(Size, SpatialAxes, 1, nameof(Size));

    /// <inheritdoc/>
    protected override T CallChannelsLast<T>(IOperators<T> op, T input, LayerCall<T> call)
    {
        var output = input;
        for (var i = 0; i < SpatialAxes; i++)
        {
            output = Size[i] == 1 ? output : op.Repeat(output, Size[i], i + 1);
        }

        return output;
    }
}
