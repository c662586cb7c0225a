namespace ModelTools.Operators;

/// <summary>Operators on each element of one tensor. Results have the input's shape and type (the tests: bool).</summary>
public enum UnaryOperator
{
    /// <summary>-x.</summary>
    Negate,

    /// <summary>|x|.</summary>
    Abs,

    /// <summary>-1, 0 or 1.</summary>
    Sign,

    /// <summary>e^x.</summary>
    Exp,

    /// <summary>e^x - 1, exact near 0.</summary>
    Expm1,

    /// <summary>Natural logarithm.</summary>
    Log,

    /// <summary>log(1 + x), exact near 0.</summary>
    Log1p,

    /// <summary>Square root.</summary>
    Sqrt,

    /// <summary>1 / √x.</summary>
    Rsqrt,

    /// <summary>x².</summary>
    Square,

    /// <summary>1 / (1 + e^-x).</summary>
    Sigmoid,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>min(max(x, 0), 6).</summary>
    Relu6,

    /// <summary>x, or e^x - 1 below 0.</summary>
    Elu,

    /// <summary>Scaled <see cref="Elu"/> (arXiv:1706.02515).</summary>
    Selu,

    /// <summary>log(1 + e^x).</summary>
    Softplus,

    /// <summary>x / (1 + |x|).</summary>
    Softsign,

    /// <summary>The error function.</summary>
    Erf,

    /// <summary>Sine.</summary>
    Sin,

    /// <summary>Cosine.</summary>
    Cos,

    /// <summary>Largest integer not above x.</summary>
    Floor,

    /// <summary>Smallest integer not below x.</summary>
    Ceiling,

    /// <summary>Nearest integer, halves to even.</summary>
    Round,

    /// <summary>not x, for bool.</summary>
    LogicalNot,

    /// <summary>Neither infinite nor NaN; bool.</summary>
    IsFinite,

    /// <summary>Not a number; bool.</summary>
    IsNaN,
}

/// <summary>Operators on the elements of two tensors of one type, with NumPy's broadcasting. Comparisons give bool.</summary>
public enum BinaryOperator
{
    /// <summary>a + b.</summary>
    Add,

    /// <summary>a - b.</summary>
    Subtract,

    /// <summary>a · b.</summary>
    Multiply,

    /// <summary>a / b (integers: toward zero).</summary>
    Divide,

    /// <summary>⌊a / b⌋.</summary>
    FloorDivide,

    /// <summary>a - b·⌊a / b⌋.</summary>
    FloorModulo,

    /// <summary>a^b.</summary>
    Power,

    /// <summary>The larger one; NaN wins.</summary>
    Maximum,

    /// <summary>The smaller one; NaN wins.</summary>
    Minimum,

    /// <summary>(a - b)².</summary>
    SquaredDifference,

    /// <summary>a and b, for bool.</summary>
    LogicalAnd,

    /// <summary>a or b, for bool.</summary>
    LogicalOr,

    /// <summary>a = b.</summary>
    Equal,

    /// <summary>a ≠ b.</summary>
    NotEqual,

    /// <summary>a &lt; b.</summary>
    Less,

    /// <summary>a ≤ b.</summary>
    LessEqual,

    /// <summary>a &gt; b.</summary>
    Greater,

    /// <summary>a ≥ b.</summary>
    GreaterEqual,
}

/// <summary>Ways to reduce axes of a tensor.</summary>
public enum Reduction
{
    /// <summary>Σ x.</summary>
    Sum,

    /// <summary>Arithmetic mean.</summary>
    Mean,

    /// <summary>Largest element.</summary>
    Maximum,

    /// <summary>Smallest element.</summary>
    Minimum,

    /// <summary>Π x.</summary>
    Product,

    /// <summary>True if one is true; bool.</summary>
    Any,

    /// <summary>True if all are true; bool.</summary>
    All,
}

/// <summary>Facts about the operators that every implementation needs.</summary>
public static class ElementOperators
{
    /// <summary>True for the comparisons, whose result is bool.</summary>
    public static bool IsComparison(this BinaryOperator op) => op >= BinaryOperator.Equal;

    /// <summary>True for the tests, whose result is bool.</summary>
    public static bool IsTest(this UnaryOperator op) => op is UnaryOperator.IsFinite or UnaryOperator.IsNaN;
}
