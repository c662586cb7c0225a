namespace ModelTools.Training;

/// <summary>The mean intersection over union of some classes. Keras: <c>keras.metrics.IoU</c>.</summary>
/// <param name="NumClasses">Number of classes.</param>
/// <param name="TargetClassIds">The classes that count.</param>
public sealed record IoU(int NumClasses, IReadOnlyList<int> TargetClassIds) : ClassIntersectionMetric(NumClasses)
{
    /// <summary>The targets are class numbers, not distributions.</summary>
    public bool SparseYTrue { get; init; } = true;

    private protected override IReadOnlyList<int>? Chosen => TargetClassIds;

    private protected override bool TargetIsSparse => SparseYTrue;
}
