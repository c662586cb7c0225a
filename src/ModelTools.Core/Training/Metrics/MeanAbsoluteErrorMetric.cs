using ModelTools.Objects;

namespace ModelTools.Training;

/// <summary>The mean of <see cref="MeanAbsoluteError"/>. Keras: <c>keras.metrics.MeanAbsoluteError</c>.</summary>
[ObjectAlias("mae")]
public sealed record MeanAbsoluteErrorMetric : LossMetric
{
    /// <inheritdoc/>
    protected override Loss Measure => new MeanAbsoluteError();
}
