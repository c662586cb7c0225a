namespace ModelTools.Training;

/// <summary>The mean of <see cref="CategoricalHinge"/>. Keras: <c>keras.metrics.CategoricalHinge</c>.</summary>
public sealed record CategoricalHingeMetric : LossMetric
{
    /// <inheritdoc/>
    protected override Loss Measure => new CategoricalHinge();
}
