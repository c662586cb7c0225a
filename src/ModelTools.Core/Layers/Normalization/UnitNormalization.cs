using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Makes the Euclidean norm along axes 1. Keras: <c>keras.layers.UnitNormalization</c>.</summary>
public sealed record UnitNormalization : TensorLayer
{
    /// <summary>The axis, or several.</summary>
    public IntegerList Axis { get; init; } = -1;

    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool PassesMask => true;

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T input, LayerCall<T> call) => op.L2Normalize(input, Axis, 1e-12);
}
