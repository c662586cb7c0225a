using ModelTools.Tensors;

namespace ModelTools.Operators;

/// <content>Operators that move elements without changing them.</content>
public sealed partial class ShapeOperators
{
    /// <inheritdoc/>
    public TensorSpec Reshape(TensorSpec x, IReadOnlyList<Dimension<TensorSpec>> shape)
    {
        var target = ShapeFrom(shape);
        var rest = Enumerable.Range(0, shape.Count).Where(axis => shape[axis] is { IsKnown: false, Value: null }).ToArray();
        if (rest.Length > 1)
        {
            throw Mismatch($"The shape {target} leaves more than one extent open.");
        }

        var open = target.Count(extent => extent < 0);
        var product = target.Where(extent => extent >= 0).Aggregate(1L, Product);
        var elements = x.Shape.ElementCount;
        if (elements >= 0 && open == 1 && product > 0 && elements % product == 0)
        {
            target = target.With(target.ToArray().AsSpan().IndexOf(Shape.Unknown), elements / product);
        }
        else if (elements >= 0 && (open == 0 ? elements != product : open == 1))
        {
            throw Mismatch($"The {elements} elements of a tensor of shape {x.Shape} do not fill the shape {target}.");
        }

        return new TensorSpec(x.DType, target);
    }

    /// <inheritdoc/>
    public TensorSpec Transpose(TensorSpec x, IReadOnlyList<int> permutation)
    {
        var axes = permutation.Select(axis => AxisOf(x, axis)).ToArray();
        if (axes.Length != x.Shape.Rank || axes.Distinct().Count() != axes.Length)
        {
            throw Mismatch($"The axes of a tensor of shape {x.Shape} cannot be ordered as ({string.Join(", ", permutation)}).");
        }

        return new TensorSpec(x.DType, [.. axes.Select(axis => x.Shape[axis])]);
    }

    /// <inheritdoc/>
    public TensorSpec ExpandDimensions(TensorSpec x, int axis) =>
        new(x.DType, Insert(x.Shape, AxisOf(x.Shape.Rank + 1, axis, x.Shape), 1));

    /// <inheritdoc/>
    public TensorSpec Squeeze(TensorSpec x, int axis)
    {
        var index = AxisOf(x, axis);
        return x.Shape[index] is 1 or < 0
            ? new TensorSpec(x.DType, Without(x.Shape, index))
            : throw Mismatch($"The axis {axis} of a tensor of shape {x.Shape} cannot be removed: its extent is not 1.");
    }

    /// <inheritdoc/>
    public TensorSpec Concat(IReadOnlyList<TensorSpec> parts, int axis)
    {
        var index = AxisOf(parts[0], axis);
        var common = parts[0].Shape.With(index, Shape.Unknown);
        foreach (var part in parts)
        {
            RequireSameType(parts[0], part, "Joining tensors");
            common = part.Shape.Rank == common.Rank && Merge(common, part.Shape.With(index, Shape.Unknown)) is { } merged
                ? merged
                : throw Mismatch($"Tensors of shapes {ShapesOf(parts)} cannot be joined along axis {axis}: their other axes differ.");
        }

        return new TensorSpec(parts[0].DType, common.With(index, parts.Aggregate(0L, (extent, part) => Sum(extent, part.Shape[index]))));
    }

    /// <inheritdoc/>
    public IReadOnlyList<TensorSpec> Split(TensorSpec x, int parts, int axis)
    {
        var index = AxisOf(x, axis);
        var extent = x.Shape[index];
        if (extent >= 0 && extent % parts != 0)
        {
            throw Mismatch($"The axis {axis} of a tensor of shape {x.Shape} cannot be cut into {parts} equal parts.");
        }

        return [.. Enumerable.Repeat(new TensorSpec(x.DType, x.Shape.With(index, extent < 0 ? Shape.Unknown : extent / parts)), parts)];
    }

    /// <inheritdoc/>
    public TensorSpec Stack(IReadOnlyList<TensorSpec> parts, int axis)
    {
        var common = parts[0].Shape;
        foreach (var part in parts)
        {
            RequireSameType(parts[0], part, "Joining tensors");
            common = Merge(common, part.Shape) ?? throw Mismatch($"Tensors of different shapes cannot be stacked: {ShapesOf(parts)}.");
        }

        return new TensorSpec(parts[0].DType, Insert(common, AxisOf(common.Rank + 1, axis, common), parts.Count));
    }

    /// <inheritdoc/>
    public IReadOnlyList<TensorSpec> Unstack(TensorSpec x, int axis)
    {
        var index = AxisOf(x, axis);
        return x.Shape[index] is >= 0 and var extent
            ? [.. Enumerable.Repeat(new TensorSpec(x.DType, Without(x.Shape, index)), checked((int)extent))]
            : throw Mismatch($"The axis {axis} of a tensor of shape {x.Shape} must have a known size to be taken apart.");
    }

    /// <inheritdoc/>
    public TensorSpec Slice(TensorSpec x, int axis, long start, long? stop = null, long step = 1)
    {
        var index = AxisOf(x, axis);
        var extent = x.Shape[index];
        if (extent < 0)
        {
            return new TensorSpec(x.DType, start == 0 && stop is null && step == 1 ? x.Shape : x.Shape.With(index, Shape.Unknown));
        }

        var first = Math.Clamp(start < 0 ? start + extent : start, 0, extent);
        var last = Math.Clamp(stop is null ? extent : stop < 0 ? stop.Value + extent : stop.Value, 0, extent);
        return new TensorSpec(x.DType, x.Shape.With(index, Math.Max(0, (last - first + step - 1) / step)));
    }

    /// <inheritdoc/>
    public TensorSpec Reverse(TensorSpec x, int axis)
    {
        _ = AxisOf(x, axis);
        return new TensorSpec(x.DType, x.Shape);
    }

    /// <inheritdoc/>
    public TensorSpec Tile(TensorSpec x, IReadOnlyList<Dimension<TensorSpec>> multiples) => multiples.Count == x.Shape.Rank
        ? new TensorSpec(x.DType, [.. x.Shape.Zip(multiples, (extent, times) => Product(extent, times.Known))])
        : throw Mismatch($"A tensor of shape {x.Shape} cannot be repeated along {multiples.Count} axes.");

    /// <inheritdoc/>
    public TensorSpec Repeat(TensorSpec x, int times, int axis)
    {
        var index = AxisOf(x, axis);
        return new TensorSpec(x.DType, x.Shape.With(index, Product(x.Shape[index], times)));
    }

    /// <inheritdoc/>
    public TensorSpec Gather(TensorSpec x, TensorSpec indices, int axis = 0)
    {
        RequireIntegers(indices);
        var index = AxisOf(x, axis);
        return new TensorSpec(x.DType, Insert(Without(x.Shape, index), index, indices.Shape));
    }

    /// <inheritdoc/>
    public TensorSpec OneHot(TensorSpec indices, int depth, DType dtype)
    {
        RequireIntegers(indices);
        return new TensorSpec(dtype, [.. indices.Shape, depth]);
    }

    private static void RequireIntegers(TensorSpec indices)
    {
        if (!indices.DType.IsInteger())
        {
            throw Mismatch($"Indices are integers, not {indices.DType.Name()}.");
        }
    }

    private static string ShapesOf(IEnumerable<TensorSpec> parts) => string.Join(", ", parts.Select(part => part.Shape));
}
