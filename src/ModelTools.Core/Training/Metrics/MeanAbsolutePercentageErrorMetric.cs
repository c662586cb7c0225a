using ModelTools.Objects;

namespace ModelTools.Training;

/// <summary>The mean of <see cref="MeanAbsolutePercentageError"/>. Keras: <c>keras.metrics.MeanAbsolutePercentageError</c>.</summary>
[ObjectAlias("mape")]
public sealed record MeanAbsolutePercentageErrorMetric : LossMetric
{
    /// <inheritdoc/>
    protected override Loss Measure => new MeanAbsolutePercentageError();
}
