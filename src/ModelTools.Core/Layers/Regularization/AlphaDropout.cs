using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Dropout that keeps mean and variance of self-normalising (selu) activations. Keras: <c>keras.layers.AlphaDropout</c>.</summary>
/// <param name="Rate">The part that is dropped.</param>
public sealed record AlphaDropout(double Rate) : RateLayer(Rate)
{
    // -scale · alpha of selu: where it ends toward minus infinity.
    private const double Floor = -1.6732632423543772 * 1.0507009873554805;

    /// <summary>Shape of the random mask, which broadcasts; null for the input's shape.</summary>
    [ConfigWrite(Keras2 = false)]
    public Shape? NoiseShape { get; init; }

    private protected override T Disturb<T>(IOperators<T> op, T input)
    {
        var random = op.RandomUniform(Tensors.DType.Float32, NoiseShapes.Resolve(op, input, NoiseShape) ?? op.DimensionsOf(input), 0, 1, Seed);
        var kept = op.Select(op.Binary(BinaryOperator.GreaterEqual, random, op.Scalar(Rate, random)), input, op.Scalar(Floor, input));
        var scale = 1 / Math.Sqrt((1 - Rate) * (1 + (Rate * Floor * Floor)));
        return op.Add(op.Multiply(kept, scale), -scale * Floor * Rate);
    }
}
