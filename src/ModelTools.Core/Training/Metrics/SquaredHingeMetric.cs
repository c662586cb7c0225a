namespace ModelTools.Training;

/// <summary>The mean of <see cref="SquaredHinge"/>. Keras: <c>keras.metrics.SquaredHinge</c>.</summary>
public sealed record SquaredHingeMetric : LossMetric
{
    /// <inheritdoc/>
    protected override Loss Measure => new SquaredHinge();
}
