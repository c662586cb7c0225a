using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Repeats a vector as a sequence. Keras: <c>keras.layers.RepeatVector</c>.</summary>
/// <remarks>Input [batch, features], output [batch, <paramref name="N"/>, features].</remarks>
/// <param name="N">Length of the sequence.</param>
public sealed record RepeatVector(int N) : TensorLayer
{
    /// <inheritdoc/>
    public override void Validate() => RequireAtLeast(N, 1, nameof(N));

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T input, LayerCall<T> call)
    {
        RequireRank(op.ShapeOf(input), 2, 2);
        return op.Repeat(op.ExpandDimensions(input, 1), N, 1);
    }
}
