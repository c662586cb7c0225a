using ModelTools.Objects;

namespace ModelTools.Training;

/// <summary>The mean of <see cref="MeanSquaredLogarithmicError"/>. Keras: <c>keras.metrics.MeanSquaredLogarithmicError</c>.</summary>
[ObjectAlias("msle")]
public sealed record MeanSquaredLogarithmicErrorMetric : LossMetric
{
    /// <inheritdoc/>
    protected override Loss Measure => new MeanSquaredLogarithmicError();
}
