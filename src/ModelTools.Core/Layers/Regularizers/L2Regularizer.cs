using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>l2 · Σx². Keras: <c>keras.regularizers.L2</c>.</summary>
public sealed record L2Regularizer : Regularizer
{
    /// <inheritdoc/>
    [ConfigIgnore]
    public override string ClassName => "L2";

    /// <summary>Weight of the squares.</summary>
    [ConfigKey("l2")]
    public double L2 { get; init; } = 0.01;

    /// <inheritdoc/>
    public override T Penalty<T>(IOperators<T> op, T x) => op.Multiply(op.SumAll(op.Square(x)), L2);
}
