using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>The functions that a name says whole, with the formulas of Keras 3 (Keras 2 has some of them, and the same).</summary>
internal sealed record NamedActivation(string FunctionName) : ActivationFunction
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "linear", "relu", "relu6", "leaky_relu", "elu", "selu", "celu", "softplus", "softsign", "softmax", "log_softmax", "log_sigmoid",
        "sigmoid", "hard_sigmoid", "tanh", "hard_tanh", "tanh_shrink", "silu", "swish", "hard_silu", "hard_swish", "gelu", "glu", "mish",
        "exponential", "squareplus", "soft_shrink", "hard_shrink", "sparse_plus", "sparse_sigmoid", "sparsemax",
    ];

    public override string Name => FunctionName;

    public override T Apply<T>(IOperators<T> op, T x) => FunctionName switch
    {
        "linear" => x,
        "relu" => op.Relu(x),
        "relu6" => op.Unary(UnaryOperator.Relu6, x),
        "leaky_relu" => op.LeakyRelu(x, 0.2),
        "elu" or "celu" => op.Unary(UnaryOperator.Elu, x),
        "selu" => op.Unary(UnaryOperator.Selu, x),
        "softplus" => op.Unary(UnaryOperator.Softplus, x),
        "softsign" => op.Unary(UnaryOperator.Softsign, x),
        "softmax" => op.Softmax(x),
        "log_softmax" => op.LogSoftmax(x),
        "log_sigmoid" => op.Negate(op.Unary(UnaryOperator.Softplus, op.Negate(x))),
        "sigmoid" => op.Sigmoid(x),
        "hard_sigmoid" => HardSigmoid(op, x),
        "tanh" => op.Tanh(x),
        "hard_tanh" => op.Clip(x, -1, 1),
        "tanh_shrink" => op.Subtract(x, op.Tanh(x)),
        "silu" or "swish" => op.Multiply(x, op.Sigmoid(x)),
        "hard_silu" or "hard_swish" => op.Multiply(x, HardSigmoid(op, x)),
        "gelu" => op.Multiply(op.Multiply(x, 0.5), op.Add(op.Unary(UnaryOperator.Erf, op.Multiply(x, Math.Sqrt(0.5))), 1)),
        "glu" => Gate(op, op.Split(x, 2, -1)),
        "mish" => op.Multiply(x, op.Tanh(op.Unary(UnaryOperator.Softplus, x))),
        "exponential" => op.Exp(x),
        "squareplus" => op.Multiply(op.Add(x, op.Sqrt(op.Add(op.Square(x), 4))), 0.5),
        "soft_shrink" => BeyondHalf(op, x, op.Subtract(x, op.Multiply(op.Unary(UnaryOperator.Sign, x), 0.5))),
        "hard_shrink" => BeyondHalf(op, x, x),
        "sparse_plus" => SparsePlus(op, x),
        "sparse_sigmoid" => op.Clip(op.Multiply(op.Add(x, 1), 0.5), 0, 1),
        "sparsemax" => Sparsemax(op, x),
        _ => throw new InvalidOperationException($"There is no formula for {FunctionName}."),
    };

    private static T HardSigmoid<T>(IOperators<T> op, T x)
        where T : class => op.Multiply(op.Unary(UnaryOperator.Relu6, op.Add(x, 3)), 1.0 / 6);

    /// <summary>0 within [-0.5, 0.5].</summary>
    private static T BeyondHalf<T>(IOperators<T> op, T x, T value)
        where T : class => op.Select(op.Binary(BinaryOperator.Greater, op.Abs(x), op.Scalar(0.5, x)), value, op.Scalar(0, x));

    private static T Gate<T>(IOperators<T> op, IReadOnlyList<T> halves)
        where T : class => op.Multiply(halves[0], op.Sigmoid(halves[1]));

    private static T SparsePlus<T>(IOperators<T> op, T x)
        where T : class
    {
        var bend = op.Multiply(op.Square(op.Relu(op.Add(x, 1))), 0.25);
        return op.Select(op.Binary(BinaryOperator.GreaterEqual, x, op.Scalar(1, x)), x, bend);
    }

    /// <summary>Keras's sparsemax, with pairs compared instead of sorted.</summary>
    /// <remarks>It differs from the projection of arXiv:1602.02068: Keras adds up all running sums of the support where the paper takes the last.</remarks>
    private static T Sparsemax<T>(IOperators<T> op, T x)
        where T : class
    {
        // [..., i, j]: whether j comes before i, or is i, in descending order.
        var (self, other) = (op.ExpandDimensions(x, -1), op.ExpandDimensions(x, -2));
        var size = op.DimensionOf(x, -1);
        var isFirstOfEquals = op.Binary(BinaryOperator.LogicalAnd, op.Binary(BinaryOperator.Equal, other, self), op.Squeeze(AttentionMasks.Causal(op, size, size), 0));
        var before = op.Cast(op.Binary(BinaryOperator.LogicalOr, op.Binary(BinaryOperator.Greater, other, self), isFirstOfEquals), op.DTypeOf(x));
        var runningSum = op.Sum(op.Multiply(before, other), [-1]);
        var excess = op.Subtract(x, op.Divide(op.Add(runningSum, -1), op.Sum(before, [-1])));
        var inSupport = op.Cast(op.Binary(BinaryOperator.Greater, excess, op.Scalar(0, excess)), op.DTypeOf(x));
        var total = op.Add(op.Sum(op.Multiply(inSupport, runningSum), [-1], true), -1);
        return op.Relu(op.Subtract(x, op.Divide(total, op.Sum(inSupport, [-1], true))));
    }
}
