namespace ModelTools.Training;

/// <summary>The mean of <see cref="Hinge"/>. Keras: <c>keras.metrics.Hinge</c>.</summary>
public sealed record HingeMetric : LossMetric
{
    /// <inheritdoc/>
    protected override Loss Measure => new Hinge();
}
