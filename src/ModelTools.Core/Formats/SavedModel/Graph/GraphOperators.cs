using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Formats.SavedModel.Graph;

/// <summary>The vocabulary as TensorFlow nodes in a function: operations and attributes that exist since TensorFlow 2.0.</summary>
/// <remarks>Static shapes come from <see cref="ShapeOperators"/>, so that inference and graph cannot disagree.</remarks>
internal sealed partial class GraphOperators(FunctionBuilder function, RecurrentLowering lowering) : IOperators<GraphTensor>
{
    private static readonly ShapeOperators Shapes = ShapeOperators.Instance;

    private readonly Dictionary<(DType DType, double Value), GraphTensor> _scalars = [];
    private readonly Dictionary<string, GraphTensor> _shapes = [];
    private readonly Dictionary<(string Reference, int Axis), GraphTensor> _extents = [];

    /// <summary>The function that is being written.</summary>
    public FunctionBuilder Function => function;

    /// <inheritdoc/>
    public DType DTypeOf(GraphTensor x) => x.DType;

    /// <inheritdoc/>
    public Shape ShapeOf(GraphTensor x) => x.Shape;

    /// <inheritdoc/>
    public Dimension<GraphTensor> DimensionOf(GraphTensor x, int axis)
    {
        axis = AxisOf(x, axis);
        if (x.Shape[axis] >= 0)
        {
            return x.Shape[axis];
        }

        if (!_extents.TryGetValue((x.Reference, axis), out var extent))
        {
            extent = _extents[(x.Reference, axis)] = function.Add("StridedSlice", [RunningShape(x), Ints(axis), Ints(axis + 1), Ints(1)], new TensorSpec(DType.Int32, Shape.Scalar),
                ("T", AttributeValue.Type(DType.Int32)), ("Index", AttributeValue.Type(DType.Int32)), ("shrink_axis_mask", AttributeValue.Int(1)));
        }

        return new Dimension<GraphTensor>(Shape.Unknown, extent);
    }

    /// <inheritdoc/>
    public GraphTensor Constant(Tensor value) =>
        function.Add("Const", [], new TensorSpec(value.DType, value.Shape), ("dtype", AttributeValue.Type(value.DType)), ("value", AttributeValue.Tensor(value)));

    /// <inheritdoc/>
    public GraphTensor Fill(DType dtype, IReadOnlyList<Dimension<GraphTensor>> shape, double value)
    {
        if (!_scalars.TryGetValue((dtype, value), out var scalar))
        {
            scalar = _scalars[(dtype, value)] = Constant(Tensor.Scalar(value).Cast(dtype));
        }

        return shape.Count == 0
            ? scalar
            : function.Add("Fill", [Extents(shape), scalar], Shapes.Fill(dtype, Known(shape), value), Typed(dtype), ("index_type", AttributeValue.Type(DType.Int32)));
    }

    /// <inheritdoc/>
    public GraphTensor RandomUniform(DType dtype, IReadOnlyList<Dimension<GraphTensor>> shape, double minimum, double maximum, int? seed)
    {
        var random = Random("RandomUniform", dtype, shape, seed);
        var scaled = maximum - minimum == 1 ? random : this.Multiply(random, maximum - minimum);
        return minimum == 0 ? scaled : this.Add(scaled, minimum);
    }

    /// <inheritdoc/>
    public GraphTensor RandomNormal(DType dtype, IReadOnlyList<Dimension<GraphTensor>> shape, double mean, double deviation, int? seed) =>
        this.Add(this.Multiply(Random("RandomStandardNormal", dtype, shape, seed), deviation), mean);

    private static (string Key, AttributeValue Value) Typed(DType dtype) => ("T", AttributeValue.Type(dtype));

    private static (string Key, AttributeValue Value) Typed(GraphTensor x) => Typed(x.DType);

    private static (string Key, AttributeValue Value) Index(string key) => (key, AttributeValue.Type(DType.Int32));

    private static int AxisOf(GraphTensor x, int axis) => axis < 0 ? axis + x.Shape.Rank : axis;

    private static Dimension<TensorSpec>[] Known(IEnumerable<Dimension<GraphTensor>> shape) =>
        [.. shape.Select(dimension => dimension.IsKnown || dimension.Value is null ? dimension.Known : new Dimension<TensorSpec>(Shape.Unknown, dimension.Value.Spec))];

    private GraphTensor Random(string op, DType dtype, IReadOnlyList<Dimension<GraphTensor>> shape, int? seed) =>
        function.Add(op, [Extents(shape)], Shapes.Fill(dtype, Known(shape), 0),
            [Index("T"), ("dtype", AttributeValue.Type(dtype)), .. seed is { } number ? new[] { ("seed", AttributeValue.Int(number)), ("seed2", AttributeValue.Int(1)) } : []]);

    private GraphTensor RunningShape(GraphTensor x)
    {
        if (!_shapes.TryGetValue(x.Reference, out var shape))
        {
            shape = _shapes[x.Reference] = function.Add("Shape", [x], new TensorSpec(DType.Int32, [x.Shape.Rank]), Typed(x));
        }

        return shape;
    }

    private GraphTensor Int(int value) => Constant(Tensor.Scalar(value));

    private GraphTensor Ints(params IEnumerable<int> values) => Constant(Tensor.FromArray(values.ToArray()));

    // A vector of extents: a constant where all are known, else packed from constants and running values.
    private GraphTensor Extents(IReadOnlyList<Dimension<GraphTensor>> shape) => shape.All(dimension => dimension.Value is null)
        ? Constant(Tensor.FromArray<int>([.. shape.Select(dimension => (int)dimension.Known)], [shape.Count]))
        : function.Add("Pack", [.. shape.Select(dimension => dimension.Value ?? Int((int)dimension.Known))], new TensorSpec(DType.Int32, [shape.Count]),
            ("N", AttributeValue.Int(shape.Count)), Typed(DType.Int32));
}
