using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>The mean number of each channel of sequences; masked steps do not count.</summary>
/// <remarks>Input [batch, length, channels]. Output [batch, channels]. Keras: <c>keras.layers.GlobalAveragePooling1D</c>.</remarks>
[ObjectAlias("GlobalAvgPool1D")]
public sealed record GlobalAveragePooling1D() : GlobalPooling(1, Reduction.Mean)
{
    private protected override T? PoolMasked<T>(IOperators<T> op, T input, T? mask, int[] axes)
        where T : class
    {
        if (mask is null)
        {
            return null;
        }

        var weights = op.ExpandDimensions(op.Cast(mask, op.DTypeOf(input)), DataFormat is DataFormat.ChannelsFirst ? 1 : 2);
        return op.Divide(op.Sum(op.Multiply(input, weights), axes, KeepDims), op.Sum(weights, axes, KeepDims));
    }
}
