using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Multiplies by normal noise of mean 1 in training. Keras: <c>keras.layers.GaussianDropout</c>.</summary>
/// <param name="Rate">The drop rate that disturbs as much.</param>
public sealed record GaussianDropout(double Rate) : RateLayer(Rate)
{
    private protected override T Disturb<T>(IOperators<T> op, T input) =>
        op.Multiply(input, op.RandomNormal(op.DTypeOf(input), op.DimensionsOf(input), 1, Math.Sqrt(Rate / (1 - Rate)), Seed));
}
