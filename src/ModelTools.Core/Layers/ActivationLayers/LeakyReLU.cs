using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>x, or slope · x below 0. Keras: <c>keras.layers.LeakyReLU</c>.</summary>
/// <param name="NegativeSlope">Slope below 0; Keras 2 calls it alpha.</param>
public sealed record LeakyReLU([property: ConfigKey("negative_slope", Keras2 = "alpha", Aliases = ["alpha"])] double NegativeSlope = 0.3) : TensorLayer
{
    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool PassesMask => true;

    /// <inheritdoc/>
    public override void Validate()
    {
        if (NegativeSlope < 0)
        {
            throw InvalidOption($"takes no negative {nameof(NegativeSlope)}.");
        }
    }

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T input, LayerCall<T> call) => op.LeakyRelu(input, NegativeSlope);
}
