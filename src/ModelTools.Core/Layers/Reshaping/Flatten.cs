using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Joins all axes but the batch. Keras: <c>keras.layers.Flatten</c>.</summary>
public sealed record Flatten : TensorLayer
{
    /// <summary>Where the channels are: they come last in the result.</summary>
    public DataFormat DataFormat { get; init; }

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T input, LayerCall<T> call)
    {
        RequireRank(op.ShapeOf(input), 1);
        if (op.RankOf(input) == 1)
        {
            return op.ExpandDimensions(input, 1);
        }

        var x = DataFormat is DataFormat.ChannelsFirst && op.RankOf(input) > 2 ? op.ToChannelsLast(input) : input;
        var shape = op.ShapeOf(x);
        var features = shape.Slice(1, shape.Rank - 1).ElementCount;
        return op.Reshape(x, features >= 0 ? [shape[0], features] : [op.DimensionOf(x, 0), -1]);
    }
}
