using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Adds normal noise in training. Keras: <c>keras.layers.GaussianNoise</c>.</summary>
/// <param name="Stddev">Standard deviation of the noise.</param>
public sealed record GaussianNoise(double Stddev) : RandomLayer
{
    private protected override bool IsActive => Stddev > 0;

    /// <inheritdoc/>
    public override void Validate()
    {
        if (!(Stddev >= 0))
        {
            throw InvalidOption($"takes no negative {nameof(Stddev)}.");
        }
    }

    private protected override T Disturb<T>(IOperators<T> op, T input) =>
        op.Add(input, op.RandomNormal(op.DTypeOf(input), op.DimensionsOf(input), 0, Stddev, Seed));
}
