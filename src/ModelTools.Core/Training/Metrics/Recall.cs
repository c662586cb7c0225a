namespace ModelTools.Training;

/// <summary>The part of what is true that gets a yes. Keras: <c>keras.metrics.Recall</c>.</summary>
public sealed record Recall : ClassifiedMetric
{
    private protected override IReadOnlyList<T> Chosen<T>(Counts<T> counts) => [counts.TruePositives, counts.FalseNegatives];
}
