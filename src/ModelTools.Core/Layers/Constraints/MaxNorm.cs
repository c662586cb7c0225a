using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Limits the norm. Keras: <c>keras.constraints.MaxNorm</c>.</summary>
public sealed record MaxNorm : NormConstraint
{
    /// <summary>The largest norm.</summary>
    public double MaxValue { get; init; } = 2;

    /// <inheritdoc/>
    protected override T Wanted<T>(IOperators<T> op, T norm) => op.Clip(norm, 0, MaxValue);
}
