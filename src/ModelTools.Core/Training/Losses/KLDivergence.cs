using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>Σ target · log(target / prediction) over the last axis, of values clipped to [1e-7, 1]. Keras: <c>keras.losses.KLDivergence</c>.</summary>
[ObjectAlias("kld", "kullback_leibler_divergence")]
public sealed record KLDivergence : Loss
{
    /// <inheritdoc/>
    protected override string DefaultName => "kl_divergence";

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T target, T prediction)
    {
        (target, prediction) = (op.Clip(target, TensorMath.Epsilon, 1), op.Clip(prediction, TensorMath.Epsilon, 1));
        return op.Sum(op.Multiply(target, op.Log(op.Divide(target, prediction))), [-1]);
    }
}
