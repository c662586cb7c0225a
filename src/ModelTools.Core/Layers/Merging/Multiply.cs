using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Multiplies tensors, element by element. Keras: <c>keras.layers.Multiply</c>.</summary>
public sealed record Multiply : ElementwiseMerge
{
    private protected override BinaryOperator Operator => BinaryOperator.Multiply;
}
