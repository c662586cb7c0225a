namespace ModelTools.Training;

/// <summary>The mean of <see cref="Poisson"/>. Keras: <c>keras.metrics.Poisson</c>.</summary>
public sealed record PoissonMetric : LossMetric
{
    /// <inheritdoc/>
    protected override Loss Measure => new Poisson();
}
