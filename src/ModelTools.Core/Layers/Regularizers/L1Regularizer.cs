using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>l1 · Σ|x|. Keras: <c>keras.regularizers.L1</c>.</summary>
public sealed record L1Regularizer : Regularizer
{
    /// <inheritdoc/>
    [ConfigIgnore]
    public override string ClassName => "L1";

    /// <summary>Weight of the absolute values.</summary>
    [ConfigKey("l1")]
    public double L1 { get; init; } = 0.01;

    /// <inheritdoc/>
    public override T Penalty<T>(IOperators<T> op, T x) => op.Multiply(op.SumAll(op.Abs(x)), L1);
}
