using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Training;

/// <summary>Pulls embeddings of one class together and pushes others away (arXiv:2002.10857). Keras: <c>keras.losses.Circle</c>.</summary>
/// <remarks>Target: class numbers [batch]; prediction: normalised embeddings [batch, features].</remarks>
public sealed record Circle : Loss
{
    /// <summary>Scale of the distances.</summary>
    public double Gamma { get; init; } = 80;

    /// <summary>How far classes should stay apart.</summary>
    public double Margin { get; init; } = 0.4;

    /// <summary>Leave out the pairs of a sample with itself.</summary>
    public bool RemoveDiagonal { get; init; } = true;

    /// <inheritdoc/>
    protected override bool TakesClassNumbers => true;

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T target, T prediction)
    {
        var labels = op.ClassNumbers(target, op.RankOf(prediction));
        var isSame = op.Binary(BinaryOperator.Equal, op.ExpandDimensions(labels, 1), op.ExpandDimensions(labels, 0));
        var isOther = op.Unary(UnaryOperator.LogicalNot, isSame);
        if (RemoveDiagonal)
        {
            isSame = op.Binary(BinaryOperator.LogicalAnd, isSame, op.Unary(UnaryOperator.LogicalNot, Diagonal(op, (int)op.ShapeOf(prediction)[0])));
        }

        var distances = op.Maximum(op.SubtractFrom(1, op.MatMul(prediction, prediction, transposeB: true)), 0);
        var pull = op.Multiply(Kept(op, isSame, op.Add(distances, Margin)), op.Multiply(op.SubtractFrom(Margin, distances), -Gamma));
        var push = op.Multiply(Kept(op, isOther, op.SubtractFrom(1 + Margin, distances)), op.Multiply(op.SubtractFrom(1 - Margin, distances), Gamma));
        return op.Unary(UnaryOperator.Softplus, op.Add(LogSumExp(op, isSame, pull), LogSumExp(op, isOther, push)));
    }

    /// <inheritdoc/>
    protected override T? MaskOf<T>(IOperators<T> op, T target, T values)
        where T : class => op.IsGreater(values, 0);

    private static T Diagonal<T>(IOperators<T> op, int size)
        where T : class
    {
        var cells = new bool[size * size];
        for (var i = 0; i < size; i++)
        {
            cells[i * (size + 1)] = true;
        }

        return op.Constant(Tensor.FromArray(cells, size, size));
    }

    private static T Kept<T>(IOperators<T> op, T condition, T x)
        where T : class => op.Maximum(op.Multiply(x, op.CastLike(condition, x)), 0);

    private static T LogSumExp<T>(IOperators<T> op, T condition, T x)
        where T : class
    {
        x = op.Select(condition, x, op.Scalar(double.NegativeInfinity, x));
        var largest = op.Reduce(Operators.Reduction.Maximum, x, [1], true);
        largest = op.StopGradient(op.Select(op.Unary(UnaryOperator.IsFinite, largest), largest, op.Scalar(0, largest)));
        return op.Add(op.Log(op.Sum(op.Exp(op.Subtract(x, largest)), [1])), op.Squeeze(largest, 1));
    }
}
