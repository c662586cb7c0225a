using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Cuts each spatial axis into a given number of windows, which may overlap by one, and takes one number from each.</summary>
/// <remarks>Window i of n reaches from ⌊i · length / n⌋ to ⌈(i + 1) · length / n⌉. Images of known size can be run.</remarks>
public abstract record AdaptivePooling : SpatialLayer
{
    private const int MostWindows = 100_000;

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
            var (length, count) = (op.ShapeOf(input)[axis], OutputSize[axis - 1]);
            if (typeof(T) == typeof(TensorSpec))
            {
                // Where shapes are all there is, any length gives the output's, and no window need be looked at.
                input = op.Repeat(op.Reduce(_reduction, input, [axis], true), count, axis);
                continue;
            }

            if (length < 0 || count > MostWindows)
            {
                throw Unsupported(length < 0
                    ? $"can be run for inputs of known size only; its input has shape {op.ShapeOf(input)}."
                    : $"can be run for outputs of at most {MostWindows} along an axis, not {count}.");
            }

            input = op.Concat([.. Enumerable.Range(0, count).Select(window => op.Reduce(_reduction, op.Slice(input, axis, window * length / count, (((window + 1) * length) + count - 1) / count), [axis], true))], axis);
        }

        return input;
    }
}
