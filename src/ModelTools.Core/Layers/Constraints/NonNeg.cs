using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>max(w, 0). Keras: <c>keras.constraints.NonNeg</c>.</summary>
public sealed record NonNeg : Constraint
{
    /// <inheritdoc/>
    public override T Apply<T>(IOperators<T> op, T weight) => op.Maximum(weight, 0);
}
