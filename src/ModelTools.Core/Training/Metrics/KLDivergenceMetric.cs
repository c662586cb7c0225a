using ModelTools.Objects;

namespace ModelTools.Training;

/// <summary>The mean of <see cref="KLDivergence"/>. Keras: <c>keras.metrics.KLDivergence</c>.</summary>
[ObjectAlias("kld", "kullback_leibler_divergence")]
public sealed record KLDivergenceMetric : LossMetric
{
    /// <inheritdoc/>
    protected override string DefaultName => Dialect is KerasDialect.Keras2 ? "kullback_leibler_divergence" : "kl_divergence";

    /// <inheritdoc/>
    protected override Loss Measure => new KLDivergence();
}
