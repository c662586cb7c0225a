using ModelTools.Tensors;

namespace ModelTools.Operators;

/// <content>Operators on elements, and reductions.</content>
public sealed partial class ShapeOperators
{
    /// <inheritdoc/>
    public TensorSpec Unary(UnaryOperator op, TensorSpec x) => new(op.IsTest() ? DType.Bool : x.DType, x.Shape);

    /// <inheritdoc/>
    public TensorSpec Binary(BinaryOperator op, TensorSpec a, TensorSpec b)
    {
        RequireSameType(a, b, $"The operation {op}");
        var shape = Broadcast(a.Shape, b.Shape) ?? throw Mismatch($"The operation {op} cannot combine tensors of shapes {a.Shape} and {b.Shape}.");
        return new TensorSpec(op.IsComparison() ? DType.Bool : a.DType, shape);
    }

    /// <inheritdoc/>
    public TensorSpec Select(TensorSpec condition, TensorSpec whenTrue, TensorSpec whenFalse)
    {
        RequireSameType(whenTrue, whenFalse, "A choice between two tensors");
        if (condition.DType is not DType.Bool)
        {
            throw Mismatch($"A choice between two tensors takes a condition of type bool, not {condition.DType.Name()}.");
        }

        var shape = Broadcast(whenTrue.Shape, whenFalse.Shape) is { } both ? Broadcast(condition.Shape, both) : null;
        return new TensorSpec(whenTrue.DType, shape ?? throw Mismatch($"A choice cannot combine tensors of shapes {condition.Shape}, {whenTrue.Shape} and {whenFalse.Shape}."));
    }

    /// <inheritdoc/>
    public TensorSpec Cast(TensorSpec x, DType dtype) => new(dtype, x.Shape);

    /// <inheritdoc/>
    public TensorSpec StopGradient(TensorSpec x) => new(x.DType, x.Shape);

    /// <inheritdoc/>
    public TensorSpec Reduce(Reduction reduction, TensorSpec x, IReadOnlyList<int> axes, bool keepDimensions = false)
    {
        var reduced = axes.Select(axis => AxisOf(x, axis)).ToHashSet();
        var shape = x.Shape.Select((extent, axis) => reduced.Contains(axis) ? keepDimensions ? 1 : (long?)null : extent).OfType<long>();
        return new TensorSpec(reduction is Reduction.Any or Reduction.All ? DType.Bool : x.DType, [.. shape]);
    }

    /// <inheritdoc/>
    public TensorSpec ArgMax(TensorSpec x, int axis) => new(DType.Int64, Without(x.Shape, AxisOf(x, axis)));

    /// <inheritdoc/>
    public TensorSpec CumulativeSum(TensorSpec x, int axis)
    {
        _ = AxisOf(x, axis);
        return new TensorSpec(x.DType, x.Shape);
    }

    private static Shape Without(Shape shape, int axis) => [.. shape.Take(axis), .. shape.Skip(axis + 1)];

    private static Shape Insert(Shape shape, int axis, params IEnumerable<long> extents) => [.. shape.Take(axis), .. extents, .. shape.Skip(axis)];
}
