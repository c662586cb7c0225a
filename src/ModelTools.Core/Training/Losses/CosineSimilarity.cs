using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>Minus the cosine of the angle between target and prediction along an axis. Keras: <c>keras.losses.CosineSimilarity</c>.</summary>
[ObjectAlias("cosine_proximity", "cosine")]
public sealed record CosineSimilarity : Loss
{
    /// <summary>The axis of the vectors.</summary>
    public int Axis { get; init; } = -1;

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T target, T prediction)
    {
        var floor = Dialect is KerasDialect.Keras2 ? 1e-6 : TensorMath.Epsilon;
        return op.Negate(op.Sum(op.Multiply(op.UnitVectors(target, Axis, floor), op.UnitVectors(prediction, Axis, floor)), [Axis]));
    }
}
