using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>x, or alpha · (e^x - 1) below 0. Keras: <c>keras.layers.ELU</c>.</summary>
/// <param name="Alpha">Negated limit toward minus infinity.</param>
public sealed record ELU(double Alpha = 1) : TensorLayer
{
    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool PassesMask => true;

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T input, LayerCall<T> call) => Alpha == 1
        ? op.Unary(UnaryOperator.Elu, input)
        : op.Add(op.Relu(input), op.Multiply(op.Unary(UnaryOperator.Expm1, op.Minimum(input, 0)), Alpha));
}
