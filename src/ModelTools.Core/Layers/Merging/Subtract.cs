using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Subtracts the second tensor from the first. Keras: <c>keras.layers.Subtract</c>.</summary>
public sealed record Subtract : ElementwiseMerge
{
    private protected override int MaximumInputs => 2;

    private protected override BinaryOperator Operator => BinaryOperator.Subtract;
}
