namespace ModelTools.Training;

/// <summary>The part of the yes answers that is right. Keras: <c>keras.metrics.Precision</c>.</summary>
public sealed record Precision : ClassifiedMetric
{
    private protected override IReadOnlyList<T> Chosen<T>(Counts<T> counts) => [counts.TruePositives, counts.FalsePositives];
}
