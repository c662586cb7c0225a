using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Formats.SavedModel.Graph;

/// <content>Operators that move elements without changing them.</content>
internal sealed partial class GraphOperators
{
    /// <inheritdoc/>
    public GraphTensor Reshape(GraphTensor x, IReadOnlyList<Dimension<GraphTensor>> shape)
    {
        // One running extent can be left to the operation: the graph stays free of shape arithmetic.
        var running = shape.Where(dimension => dimension.Value is not null).ToList();
        var open = running.Count == 1 && shape.All(dimension => dimension.Value is not null || dimension.Known >= 0)
            ? [.. shape.Select(dimension => dimension.Value is null ? dimension : new Dimension<GraphTensor>(Shape.Unknown))]
            : shape;
        return function.Add("Reshape", [x, Extents(open)], Shapes.Reshape(x.Spec, Known(shape)), Typed(x), Index("Tshape"));
    }

    /// <inheritdoc/>
    public GraphTensor Transpose(GraphTensor x, IReadOnlyList<int> permutation) =>
        function.Add("Transpose", [x, Ints(permutation)], Shapes.Transpose(x.Spec, permutation), Typed(x), Index("Tperm"));

    /// <inheritdoc/>
    public GraphTensor ExpandDimensions(GraphTensor x, int axis) =>
        function.Add("ExpandDims", [x, Int(axis)], Shapes.ExpandDimensions(x.Spec, axis), Typed(x), Index("Tdim"));

    /// <inheritdoc/>
    public GraphTensor Squeeze(GraphTensor x, int axis) =>
        function.Add("Squeeze", [x], Shapes.Squeeze(x.Spec, axis), Typed(x), ("squeeze_dims", AttributeValue.Ints([AxisOf(x, axis)])));

    /// <inheritdoc/>
    public GraphTensor Concat(IReadOnlyList<GraphTensor> parts, int axis) => parts.Count == 1
        ? parts[0]
        : function.Add("ConcatV2", [.. parts, Int(AxisOf(parts[0], axis))], Shapes.Concat(Specs(parts), axis), ("N", AttributeValue.Int(parts.Count)), Typed(parts[0]), Index("Tidx"));

    /// <inheritdoc/>
    public IReadOnlyList<GraphTensor> Split(GraphTensor x, int parts, int axis) =>
        function.AddMany("Split", [Int(AxisOf(x, axis)), x], Shapes.Split(x.Spec, parts, axis), ("num_split", AttributeValue.Int(parts)), Typed(x));

    /// <inheritdoc/>
    public GraphTensor Stack(IReadOnlyList<GraphTensor> parts, int axis) =>
        function.Add("Pack", parts, Shapes.Stack(Specs(parts), axis), ("N", AttributeValue.Int(parts.Count)), Typed(parts[0]), ("axis", AttributeValue.Int(axis)));

    /// <inheritdoc/>
    public IReadOnlyList<GraphTensor> Unstack(GraphTensor x, int axis)
    {
        var parts = Shapes.Unstack(x.Spec, axis);
        return function.AddMany("Unpack", [x], parts, ("num", AttributeValue.Int(parts.Count)), ("axis", AttributeValue.Int(AxisOf(x, axis))), Typed(x));
    }

    /// <inheritdoc/>
    public GraphTensor Slice(GraphTensor x, int axis, long start, long? stop = null, long step = 1)
    {
        axis = AxisOf(x, axis);
        var before = Enumerable.Repeat(0, axis);
        var open = (1 << axis) - 1;
        return function.Add("StridedSlice",
            [x, Ints([.. before, (int)start]), Ints([.. before, (int)(stop ?? 0)]), Ints([.. Enumerable.Repeat(1, axis), (int)step])],
            Shapes.Slice(x.Spec, axis, start, stop, step),
            Typed(x), Index("Index"), ("begin_mask", AttributeValue.Int(open)), ("end_mask", AttributeValue.Int(stop is null ? open | (1 << axis) : open)));
    }

    /// <inheritdoc/>
    public GraphTensor Reverse(GraphTensor x, int axis) =>
        function.Add("ReverseV2", [x, Ints(AxisOf(x, axis))], x.Spec, Typed(x), Index("Tidx"));

    /// <inheritdoc/>
    public GraphTensor Tile(GraphTensor x, IReadOnlyList<Dimension<GraphTensor>> multiples) =>
        function.Add("Tile", [x, Extents(multiples)], Shapes.Tile(x.Spec, Known(multiples)), Typed(x), Index("Tmultiples"));

    /// <inheritdoc/>
    public GraphTensor Repeat(GraphTensor x, int times, int axis)
    {
        axis = AxisOf(x, axis);
        var multiples = new Dimension<GraphTensor>[x.Shape.Rank + 1];
        Array.Fill(multiples, 1);
        multiples[axis + 1] = times;
        var shape = this.DimensionsOf(x);
        shape[axis] = Scaled(shape[axis], times);
        return Reshape(Tile(ExpandDimensions(x, axis + 1), multiples), shape);
    }

    /// <inheritdoc/>
    public GraphTensor Gather(GraphTensor x, GraphTensor indices, int axis = 0) =>
        function.Add("GatherV2", [x, indices, Int(AxisOf(x, axis))], Shapes.Gather(x.Spec, indices.Spec, axis),
            ("Tparams", AttributeValue.Type(x.DType)), ("Tindices", AttributeValue.Type(indices.DType)), Index("Taxis"));

    /// <inheritdoc/>
    public GraphTensor OneHot(GraphTensor indices, int depth, DType dtype) =>
        function.Add("OneHot", [indices, Int(depth), Fill(dtype, [], 1), Fill(dtype, [], 0)], Shapes.OneHot(indices.Spec, depth, dtype), Typed(dtype), ("TI", AttributeValue.Type(indices.DType)));

    private static TensorSpec[] Specs(IEnumerable<GraphTensor> tensors) => [.. tensors.Select(tensor => tensor.Spec)];
}
