using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Drops a random part of the elements in training. Keras: <c>keras.layers.Dropout</c>.</summary>
/// <param name="Rate">The part that is dropped.</param>
public sealed record Dropout(double Rate) : RateLayer(Rate)
{
    /// <summary>Shape of the random mask, which broadcasts; an open extent is the input's; null for the input's shape.</summary>
    public Shape? NoiseShape { get; init; }

    private protected override T Disturb<T>(IOperators<T> op, T input) => op.Dropout(input, Rate, NoiseShapes.Resolve(op, input, NoiseShape), Seed);
}
