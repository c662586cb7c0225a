using ModelTools.Objects;

namespace ModelTools.Training;

/// <summary>The mean of <see cref="MeanSquaredError"/>. Keras: <c>keras.metrics.MeanSquaredError</c>.</summary>
[ObjectAlias("mse")]
public sealed record MeanSquaredErrorMetric : LossMetric
{
    /// <inheritdoc/>
    protected override Loss Measure => new MeanSquaredError();
}
