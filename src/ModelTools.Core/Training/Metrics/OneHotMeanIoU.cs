namespace ModelTools.Training;

/// <summary>The mean intersection over union of all classes; targets are distributions. Keras: <c>keras.metrics.OneHotMeanIoU</c>.</summary>
/// <param name="NumClasses">Number of classes.</param>
public sealed record OneHotMeanIoU(int NumClasses) : ClassIntersectionMetric(NumClasses)
{
    /// <inheritdoc/>
    public override bool SparseYPred { get; init; }

    private protected override IReadOnlyList<int>? Chosen => null;

    private protected override bool TargetIsSparse => false;
}
