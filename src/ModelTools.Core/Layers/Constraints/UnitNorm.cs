using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Makes the norm 1. Keras: <c>keras.constraints.UnitNorm</c>.</summary>
public sealed record UnitNorm : NormConstraint
{
    /// <inheritdoc/>
    protected override T Wanted<T>(IOperators<T> op, T norm) => op.Scalar(1, norm);
}
