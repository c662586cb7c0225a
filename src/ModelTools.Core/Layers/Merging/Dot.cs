using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Products of two tensors, summed over one axis of each. Keras: <c>keras.layers.Dot</c>.</summary>
/// <remarks>Output [batch, other axes of the first, other axes of the second], with one extent of 1 where nothing is left.</remarks>
/// <param name="Axes">The axis, the batch counted: one number, or one per input.</param>
public sealed record Dot(IntegerList Axes) : MergeLayer
{
    private const double Epsilon = 1e-12;

    /// <summary>Whether both inputs are made unit vectors along the axis first: the result is the cosine.</summary>
    public bool Normalize { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        if (Axes.Count > 2 || Axes.Any(axis => axis == 0))
        {
            throw InvalidOption($"cannot have {nameof(Axes)} = {Axes}: it takes one or two axes, and the batch (0) is none of them.");
        }
    }

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights) => RequireTwo(inputs.Count);

    /// <inheritdoc/>
    protected override T Merge<T>(IOperators<T> op, IReadOnlyList<T> inputs)
    {
        RequireTwo(inputs.Count);
        var (a, b) = (inputs[0], inputs[1]);
        var (axisA, axisB) = (AxisOf(op, a, Axes[0]), AxisOf(op, b, Axes[^1]));
        if (Normalize)
        {
            (a, b) = (op.L2Normalize(a, [axisA], Epsilon), op.L2Normalize(b, [axisB], Epsilon));
        }

        // Letters: z is the batch, s what is summed over, then a… and n… for what is left.
        var left = Letters(op.RankOf(a), axisA, 'a');
        var right = Letters(op.RankOf(b), axisB, 'n');
        var result = "z" + Rest(left) + Rest(right);
        var product = op.Einsum($"{left},{right}->{result}", a, b);
        return result.Length == 1 ? op.ExpandDimensions(product, 1) : product;
    }

    /// <inheritdoc/>
    protected override T? MergeMasks<T>(IOperators<T> op, IReadOnlyList<Masked<T>> inputs)
        where T : class => null;

    private void RequireTwo(int count)
    {
        if (count != 2)
        {
            throw UnfitInput($"takes 2 inputs, not {count}.");
        }
    }

    private static string Rest(string letters) => letters.Replace("z", "", StringComparison.Ordinal).Replace("s", "", StringComparison.Ordinal);

    private static string Letters(int rank, int axis, char first) =>
        string.Concat(Enumerable.Range(0, rank).Select(i => i == 0 ? 'z' : i == axis ? 's' : (char)(first + i)));

    private int AxisOf<T>(IOperators<T> op, T x, int axis)
        where T : class
    {
        var rank = op.RankOf(x);
        var index = axis < 0 ? axis + rank : axis;
        return index > 0 && index < rank ? index : throw UnfitInput($"sums over axis {axis}, which an input of shape {op.ShapeOf(x)} does not have.");
    }
}
