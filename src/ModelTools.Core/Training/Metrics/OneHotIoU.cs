namespace ModelTools.Training;

/// <summary>The mean intersection over union of some classes; targets are distributions. Keras: <c>keras.metrics.OneHotIoU</c>.</summary>
/// <param name="NumClasses">Number of classes.</param>
/// <param name="TargetClassIds">The classes that count.</param>
public sealed record OneHotIoU(int NumClasses, IReadOnlyList<int> TargetClassIds) : ClassIntersectionMetric(NumClasses)
{
    /// <inheritdoc/>
    public override bool SparseYPred { get; init; }

    private protected override IReadOnlyList<int>? Chosen => TargetClassIds;

    private protected override bool TargetIsSparse => false;
}
