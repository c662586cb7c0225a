using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>e^x normalised to sum 1 along axes; masked places get 0. Keras: <c>keras.layers.Softmax</c>.</summary>
public sealed record Softmax : TensorLayer
{
    /// <summary>The axis, or several.</summary>
    public IntegerList Axis { get; init; } = -1;

    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool PassesMask => true;

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T input, LayerCall<T> call)
    {
        var mask = call.Named("mask") is [var given] ? given.Value : call.Inputs is [_, var second] ? second.Value : call.Inputs[0].Mask;
        return mask is null ? MaskedSoftmax.Normalize(op, input, Axis) : MaskedSoftmax.Apply(op, input, mask, Axis, call.Context.Dialect);
    }
}
