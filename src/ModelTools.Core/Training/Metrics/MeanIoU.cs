namespace ModelTools.Training;

/// <summary>The mean intersection over union of all classes. Keras: <c>keras.metrics.MeanIoU</c>.</summary>
/// <param name="NumClasses">Number of classes.</param>
public sealed record MeanIoU(int NumClasses) : ClassIntersectionMetric(NumClasses)
{
    /// <summary>The targets are class numbers, not distributions.</summary>
    public bool SparseYTrue { get; init; } = true;

    private protected override IReadOnlyList<int>? Chosen => null;

    private protected override bool TargetIsSparse => SparseYTrue;
}
