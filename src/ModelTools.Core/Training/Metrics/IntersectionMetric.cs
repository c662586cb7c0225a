using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Training;

/// <summary>The mean over classes of |target ∩ prediction| / |target ∪ prediction|.</summary>
/// <remarks>State: the confusion matrix [target, prediction].</remarks>
public abstract record IntersectionMetric : Metric
{
    /// <summary>The classes that count; null for all.</summary>
    private protected abstract IReadOnlyList<int>? Chosen { get; }

    private protected abstract int Classes { get; }

    /// <inheritdoc/>
    public override T Result<T>(IOperators<T> op, MetricState<T> state)
    {
        var matrix = op.AsFloat(state.Values[0]);
        var hits = op.Sum(op.Multiply(matrix, op.Constant(Identity(Classes))), [0]);
        var union = op.Subtract(op.Add(op.Sum(matrix, [0]), op.Sum(matrix, [1])), hits);
        if (Chosen is { } chosen)
        {
            var indices = op.Constant(Tensor.FromArray([.. chosen.Select(index => (long)index)]));
            (hits, union) = (op.Gather(hits, indices), op.Gather(union, indices));
        }

        var isThere = op.CastLike(op.IsGreater(union, 0), union);
        if (Dialect is KerasDialect.Keras2)
        {
            return op.DivideNoNaN(op.SumAll(op.DivideNoNaN(hits, union)), op.SumAll(isThere));
        }

        var shares = op.Multiply(op.Divide(hits, op.Add(union, TensorMath.Epsilon)), isThere);
        return op.Divide(op.SumAll(shares), op.Add(op.SumAll(isThere), TensorMath.Epsilon));
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<T> Batch<T>(IOperators<T> op, T target, T prediction, T? weights)
        where T : class
    {
        var (truth, answer) = (op.Reshape(TargetClasses(op, target), [-1]), op.Reshape(PredictedClasses(op, prediction), [-1]));
        var isValid = op.Binary(BinaryOperator.LogicalAnd, IsClass(op, truth), IsClass(op, answer));
        if (Ignored is { } ignored)
        {
            isValid = op.Binary(BinaryOperator.LogicalAnd, isValid, op.Binary(BinaryOperator.NotEqual, truth, op.Scalar(ignored, truth)));
        }

        var spread = op.Cast(isValid, Tensors.DType.Float32);
        if (weights is not null)
        {
            // Keras 3 counts in whole numbers, the weights as well.
            var whole = op.Reshape(weights, [-1]);
            spread = op.Multiply(spread, Dialect is KerasDialect.Keras2 ? whole : op.AsFloat(op.Cast(whole, Tensors.DType.Int64)));
        }

        var zero = op.Scalar(0, truth);
        var rows = op.OneHot(op.Select(isValid, truth, zero), Classes, Tensors.DType.Float32);
        var columns = op.OneHot(op.Select(isValid, answer, zero), Classes, Tensors.DType.Float32);
        var matrix = op.MatMul(op.Multiply(rows, op.ExpandDimensions(spread, 1)), columns, transposeA: true);
        return [Dialect is KerasDialect.Keras2 ? matrix : op.Cast(op.Unary(UnaryOperator.Round, matrix), Tensors.DType.Int64)];
    }

    private protected virtual int? Ignored => null;

    private protected virtual T TargetClasses<T>(IOperators<T> op, T target)
        where T : class => op.Cast(target, Tensors.DType.Int64);

    private protected virtual T PredictedClasses<T>(IOperators<T> op, T prediction)
        where T : class => op.Cast(prediction, Tensors.DType.Int64);

    private static Tensor Identity(int size)
    {
        var cells = new float[size * size];
        for (var i = 0; i < size; i++)
        {
            cells[i * (size + 1)] = 1;
        }

        return Tensor.FromArray(cells, size, size);
    }

    private T IsClass<T>(IOperators<T> op, T labels)
        where T : class => op.Binary(
            BinaryOperator.LogicalAnd,
            op.Binary(BinaryOperator.GreaterEqual, labels, op.Scalar(0, labels)),
            op.Binary(BinaryOperator.Less, labels, op.Scalar(Classes, labels)));
}
