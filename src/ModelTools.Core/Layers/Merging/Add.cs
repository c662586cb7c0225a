using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Adds tensors, element by element. Keras: <c>keras.layers.Add</c>.</summary>
public sealed record Add : ElementwiseMerge
{
    private protected override BinaryOperator Operator => BinaryOperator.Add;
}
