using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Puts the axes into another order. Keras: <c>keras.layers.Permute</c>.</summary>
/// <param name="Dims">The axes in their new order, counted from 1; the batch stays in front.</param>
public sealed record Permute(IntegerList Dims) : TensorLayer
{
    /// <inheritdoc/>
    public override void Validate()
    {
        if (!Dims.Order().SequenceEqual(Enumerable.Range(1, Dims.Count)))
        {
            throw InvalidOption($"cannot have {nameof(Dims)} = {Dims}: it must name each of the axes 1 to {Dims.Count} once.");
        }
    }

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T input, LayerCall<T> call)
    {
        RequireRank(op.ShapeOf(input), Dims.Count + 1, Dims.Count + 1);
        return op.Transpose(input, [0, .. Dims]);
    }
}
