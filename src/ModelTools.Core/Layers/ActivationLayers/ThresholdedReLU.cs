using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>x above a threshold, else 0. Keras 2: <c>keras.layers.ThresholdedReLU</c>; Keras 3 has it as <see cref="ReLU"/> with a threshold.</summary>
/// <param name="Theta">The threshold.</param>
public sealed record ThresholdedReLU(double Theta = 1) : TensorLayer
{
    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool PassesMask => true;

    /// <inheritdoc/>
    public override void Validate()
    {
        if (Theta < 0)
        {
            throw InvalidOption($"takes no negative {nameof(Theta)}.");
        }
    }

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T input, LayerCall<T> call) =>
        op.Multiply(input, op.Cast(op.Binary(BinaryOperator.Greater, input, op.Scalar(Theta, input)), op.DTypeOf(input)));
}
