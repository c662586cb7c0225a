using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Takes the largest of tensors, element by element. Keras: <c>keras.layers.Maximum</c>.</summary>
public sealed record Maximum : ElementwiseMerge
{
    private protected override BinaryOperator Operator => BinaryOperator.Maximum;
}
