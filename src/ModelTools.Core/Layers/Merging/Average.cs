using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>The mean of tensors, element by element. Keras: <c>keras.layers.Average</c>.</summary>
public sealed record Average : ElementwiseMerge
{
    private protected override BinaryOperator Operator => BinaryOperator.Add;

    private protected override T Combine<T>(IOperators<T> op, IReadOnlyList<T> inputs)
    {
        var sum = base.Combine(op, inputs);
        return op.Divide(sum, op.Scalar(inputs.Count, sum));
    }
}
