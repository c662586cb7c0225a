using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>x · scale + offset. Keras: <c>keras.layers.Rescaling</c>.</summary>
/// <param name="Scale">The factor, or one per channel.</param>
public sealed record Rescaling(NumberList Scale) : TensorLayer
{
    /// <summary>The summand, or one per channel.</summary>
    public NumberList Offset { get; init; } = 0.0;

    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool PassesMask => true;

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T input, LayerCall<T> call)
    {
        var compute = DType.ComputeDType;
        var x = op.DTypeOf(input) == compute ? input : op.Cast(input, compute);
        return op.Add(op.Multiply(x, Values(op, Scale)), Values(op, Offset));
    }

    private T Values<T>(IOperators<T> op, NumberList values)
        where T : class => values.IsSingle
        ? op.Fill(DType.ComputeDType, [], values[0])
        : op.Constant(Numbers.From(values.ToArray(), [values.Count], DType.ComputeDType));
}
