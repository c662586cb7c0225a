using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Formats.SavedModel.Graph;

/// <content>Element-wise operators and reductions.</content>
internal sealed partial class GraphOperators
{
    /// <inheritdoc/>
    public GraphTensor Unary(UnaryOperator op, GraphTensor x)
    {
        var name = op switch
        {
            UnaryOperator.Negate => "Neg",
            UnaryOperator.Ceiling => "Ceil",
            UnaryOperator.IsNaN => "IsNan",
            _ => op.ToString(),
        };
        var spec = Shapes.Unary(op, x.Spec);
        return op is UnaryOperator.LogicalNot ? function.Add(name, [x], spec) : function.Add(name, [x], spec, Typed(x));
    }

    /// <inheritdoc/>
    public GraphTensor Binary(BinaryOperator op, GraphTensor a, GraphTensor b)
    {
        var name = op switch
        {
            BinaryOperator.Add => "AddV2",
            BinaryOperator.Subtract => "Sub",
            BinaryOperator.Multiply => "Mul",
            BinaryOperator.Divide => a.DType.IsInteger() ? "TruncateDiv" : "RealDiv",
            BinaryOperator.FloorDivide => "FloorDiv",
            BinaryOperator.FloorModulo => "FloorMod",
            BinaryOperator.Power => "Pow",
            _ => op.ToString(),
        };
        var spec = Shapes.Binary(op, a.Spec, b.Spec);
        return op is BinaryOperator.LogicalAnd or BinaryOperator.LogicalOr ? function.Add(name, [a, b], spec) : function.Add(name, [a, b], spec, Typed(a));
    }

    /// <inheritdoc/>
    public GraphTensor Select(GraphTensor condition, GraphTensor whenTrue, GraphTensor whenFalse) =>
        function.Add("SelectV2", [condition, whenTrue, whenFalse], Shapes.Select(condition.Spec, whenTrue.Spec, whenFalse.Spec), Typed(whenTrue));

    /// <inheritdoc/>
    public GraphTensor Cast(GraphTensor x, DType dtype) => x.DType == dtype
        ? x
        : function.Add("Cast", [x], Shapes.Cast(x.Spec, dtype), ("SrcT", AttributeValue.Type(x.DType)), ("DstT", AttributeValue.Type(dtype)));

    /// <inheritdoc/>
    public GraphTensor StopGradient(GraphTensor x) => function.Add("StopGradient", [x], x.Spec, Typed(x));

    /// <inheritdoc/>
    public GraphTensor Reduce(Reduction reduction, GraphTensor x, IReadOnlyList<int> axes, bool keepDimensions = false)
    {
        var name = reduction switch
        {
            Reduction.Maximum => "Max",
            Reduction.Minimum => "Min",
            Reduction.Product => "Prod",
            _ => reduction.ToString(),
        };
        List<(string Key, AttributeValue Value)> attributes = [Index("Tidx")];
        if (reduction is not (Reduction.Any or Reduction.All))
        {
            attributes.Add(Typed(x));
        }

        if (keepDimensions)
        {
            attributes.Add(("keep_dims", AttributeValue.Bool(true)));
        }

        return function.Add(name, [x, Constant(Tensor.FromArray<int>([.. axes.Select(axis => AxisOf(x, axis))], [axes.Count]))], Shapes.Reduce(reduction, x.Spec, axes, keepDimensions), attributes);
    }

    /// <inheritdoc/>
    public GraphTensor ArgMax(GraphTensor x, int axis) =>
        function.Add("ArgMax", [x, Int(AxisOf(x, axis))], Shapes.ArgMax(x.Spec, axis), Typed(x), Index("Tidx"));

    /// <inheritdoc/>
    public GraphTensor CumulativeSum(GraphTensor x, int axis) =>
        function.Add("Cumsum", [x, Int(AxisOf(x, axis))], Shapes.CumulativeSum(x.Spec, axis), Typed(x), Index("Tidx"));

    /// <inheritdoc/>
    GraphTensor IOperators<GraphTensor>.Softmax(GraphTensor x, int axis) => OnLastAxis("Softmax", x, axis);

    /// <inheritdoc/>
    GraphTensor IOperators<GraphTensor>.LogSoftmax(GraphTensor x, int axis) => OnLastAxis("LogSoftmax", x, axis);

    // TensorFlow's softmax works on the last axis only.
    private GraphTensor OnLastAxis(string op, GraphTensor x, int axis)
    {
        var last = x.Shape.Rank - 1;
        axis = AxisOf(x, axis);
        if (axis == last)
        {
            return function.Add(op, [x], x.Spec, Typed(x));
        }

        var swap = Enumerable.Range(0, x.Shape.Rank).Select(i => i == axis ? last : i == last ? axis : i).ToArray();
        return Transpose(OnLastAxis(op, Transpose(x, swap), last), swap);
    }
}
