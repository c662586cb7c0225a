using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>The same numbers in another shape. Keras: <c>keras.layers.Reshape</c>.</summary>
/// <param name="TargetShape">The output's shape without the batch; one extent may be open (-1).</param>
public sealed record Reshape([property: ConfigOpenExtent] Shape TargetShape) : TensorLayer
{
    /// <inheritdoc/>
    public override void Validate()
    {
        if (TargetShape.Count(extent => extent < 0) > 1)
        {
            throw InvalidOption($"cannot have {nameof(TargetShape)} = {TargetShape}: only one extent may be open.");
        }
    }

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T input, LayerCall<T> call)
    {
        var shape = op.ShapeOf(input);
        RequireRank(shape, 1);
        var target = Complete(shape.Slice(1, shape.Rank - 1));
        return op.Reshape(input, target.IsKnown
            ? [shape[0], .. target.Select(Dimension<T>.FromInt64)]
            : [op.DimensionOf(input, 0), .. target.Select(Dimension<T>.FromInt64)]);
    }

    /// <summary>The target with its open extent filled in where the input tells it.</summary>
    private Shape Complete(Shape input)
    {
        var known = TargetShape.Where(extent => extent >= 0).Aggregate(1L, (a, b) => a * b);
        var elements = input.ElementCount;
        if (elements < 0)
        {
            return TargetShape;
        }

        if (TargetShape.IsKnown ? known != elements : known == 0 || elements % known != 0)
        {
            throw UnfitInput($"cannot bring the {elements} numbers of shape {input} into the shape {TargetShape}.");
        }

        return [.. TargetShape.Select(extent => extent < 0 ? elements / known : extent)];
    }
}
