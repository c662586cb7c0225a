using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Joins tensors along an axis. Keras: <c>keras.layers.Concatenate</c>.</summary>
/// <param name="Axis">The axis, the batch counted; the last if not given.</param>
public sealed record Concatenate(int Axis = -1) : MergeLayer
{
    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights)
    {
        if (inputs.Count == 0)
        {
            throw UnfitInput("takes at least 1 input.");
        }
    }

    /// <inheritdoc/>
    protected override T Merge<T>(IOperators<T> op, IReadOnlyList<T> inputs) => inputs.Count == 1 ? inputs[0] : op.Concat(inputs, Axis);

    /// <inheritdoc/>
    protected override T? MergeMasks<T>(IOperators<T> op, IReadOnlyList<Masked<T>> inputs)
        where T : class
    {
        if (inputs.All(input => input.Mask is null))
        {
            return null;
        }

        // A mask is spread over its tensor, joined as the tensors are, and valid where all features are.
        var masks = inputs.Select(input => Spread(op, input)).ToArray();
        return op.Reduce(Reduction.All, masks.Length == 1 ? masks[0] : op.Concat(masks, Axis), [-1]);
    }

    private static T Spread<T>(IOperators<T> op, Masked<T> input)
        where T : class
    {
        var all = op.Fill(Tensors.DType.Bool, op.DimensionsOf(input.Value), 1);
        if (input.Mask is not { } mask)
        {
            return all;
        }

        while (op.RankOf(mask) < op.RankOf(input.Value))
        {
            mask = op.ExpandDimensions(mask, -1);
        }

        return op.Binary(BinaryOperator.LogicalAnd, mask, all);
    }
}
