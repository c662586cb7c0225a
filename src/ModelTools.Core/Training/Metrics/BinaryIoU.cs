using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>The mean intersection over union of yes and no. Keras: <c>keras.metrics.BinaryIoU</c>.</summary>
public sealed record BinaryIoU : IntersectionMetric
{
    /// <summary>The classes that count: 0, 1 or both.</summary>
    public IReadOnlyList<int> TargetClassIds { get; init; } = [0, 1];

    /// <summary>Probabilities from here on are a yes.</summary>
    public double Threshold { get; init; } = 0.5;

    private protected override IReadOnlyList<int>? Chosen => TargetClassIds;

    private protected override int Classes => 2;

    private protected override T PredictedClasses<T>(IOperators<T> op, T prediction) =>
        op.Cast(op.Binary(BinaryOperator.GreaterEqual, prediction, op.Scalar(Threshold, prediction)), Tensors.DType.Int64);
}
