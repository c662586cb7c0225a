using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Draws the norm into a range. Keras: <c>keras.constraints.MinMaxNorm</c>.</summary>
public sealed record MinMaxNorm : NormConstraint
{
    /// <summary>The smallest norm.</summary>
    public double MinValue { get; init; }

    /// <summary>The largest norm.</summary>
    public double MaxValue { get; init; } = 1;

    /// <summary>How far toward the range: 1 for into it.</summary>
    public double Rate { get; init; } = 1;

    /// <inheritdoc/>
    protected override T Wanted<T>(IOperators<T> op, T norm) =>
        op.Add(op.Multiply(op.Clip(norm, MinValue, MaxValue), Rate), op.Multiply(norm, 1 - Rate));
}
