using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Takes the smallest of tensors, element by element. Keras: <c>keras.layers.Minimum</c>.</summary>
public sealed record Minimum : ElementwiseMerge
{
    private protected override BinaryOperator Operator => BinaryOperator.Minimum;
}
