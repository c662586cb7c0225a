using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Applies a function to each element. Keras: <c>keras.layers.Activation</c>.</summary>
/// <param name="Function">The function.</param>
public sealed record Activation([property: ConfigKey("activation")] ActivationFunction Function) : TensorLayer
{
    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool PassesMask => true;

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T input, LayerCall<T> call) => Function.Apply(op, input);
}
