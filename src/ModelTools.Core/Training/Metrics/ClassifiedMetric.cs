using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>What <see cref="Precision"/> and <see cref="Recall"/> share.</summary>
public abstract record ClassifiedMetric : ThresholdMetric
{
    /// <summary>Only the so many most probable classes of a sample are a yes; null: by threshold alone.</summary>
    public int? TopK { get; init; }

    /// <summary>Only this class counts; null for all.</summary>
    public int? ClassId { get; init; }

    /// <inheritdoc/>
    public override T Result<T>(IOperators<T> op, MetricState<T> state) =>
        Scalar(op, op.DivideNoNaN(state.Values[0], op.Add(state.Values[0], state.Values[1])));

    private protected override double DefaultThreshold => TopK is null ? 0.5 : ThresholdCounts.FarBelow;

    private protected override ThresholdCounts Counter => base.Counter with { TopK = TopK, ClassId = ClassId };
}
