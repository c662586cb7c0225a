using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>l1 · Σ|x| + l2 · Σx². Keras: <c>keras.regularizers.L1L2</c>.</summary>
[ObjectAlias("l1_l2")]
public sealed record L1L2Regularizer : Regularizer
{
    /// <inheritdoc/>
    [ConfigIgnore]
    public override string ClassName => "L1L2";

    /// <summary>Weight of the absolute values.</summary>
    [ConfigKey("l1")]
    public double L1 { get; init; }

    /// <summary>Weight of the squares.</summary>
    [ConfigKey("l2")]
    public double L2 { get; init; }

    /// <inheritdoc/>
    public override T Penalty<T>(IOperators<T> op, T x)
    {
        var absolute = op.Multiply(op.SumAll(op.Abs(x)), L1);
        var square = op.Multiply(op.SumAll(op.Square(x)), L2);
        return L1 == 0 ? square : L2 == 0 ? absolute : op.Add(absolute, square);
    }
}
