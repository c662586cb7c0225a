using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Cuts each spatial axis into a given number of windows, which may overlap by one, and takes one number from each.</summary>
/// <remarks>Window i of n reaches from ⌊i · length / n⌋ to ⌈(i + 1) · length / n⌉. Images of known size can be run.</remarks>
public abstract record AdaptivePooling : SpatialLayer
{
    private readonly Reduction _reduction;

    private protected AdaptivePooling(int axes, IntegerList outputSize, Reduction reduction)
        : base(axes)
    {
        OutputSize = outputSize;
        _reduction = reduction;
    }

    /// <summary>Extents of the output, one per spatial axis.</summary>
    public virtual IntegerList OutputSize
    {
        get;
        init => field = value.Spread(SpatialAxes);
    }

    /// <inheritdoc/>
    public override void Validate() => RequirePerAxis(OutputSize, SpatialAxes, 1, nameof(OutputSize));

    /// <inheritdoc/>
    protected override T CallChannelsLast<T>(IOperators<T> op, T input, LayerCall<T> call)
    {
        for (var axis = 1; axis <= SpatialAxes; axis++)
        {
            var length = op.ShapeOf(input)[axis];
            if (length < 0 && typeof(T) == typeof(TensorSpec))
            {
                // Where shapes are all there is, any length gives the output's.
                length = 1;
                input = op.Slice(input, axis, 0, length);
            }
            else if (length < 0)
            {
                throw Unsupported($"can be run for inputs of known size only; its input has shape {op.ShapeOf(input)}.");
            }

            var count = OutputSize[axis - 1];
            input = op.Concat([.. Enumerable.Range(0, count).Select(window => op.Reduce(_reduction, op.Slice(input, axis, window * length / count, (((window + 1) * length) + count - 1) / count), [axis], true))], axis);
        }

        return input;
    }
}
