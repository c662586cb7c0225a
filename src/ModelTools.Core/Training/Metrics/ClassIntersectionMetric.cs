using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>An intersection over union of class numbers or distributions over classes.</summary>
/// <param name="NumClasses">Number of classes.</param>
public abstract record ClassIntersectionMetric(int NumClasses) : IntersectionMetric
{
    /// <summary>Targets of this class do not count.</summary>
    public int? IgnoreClass { get; init; }

    /// <summary>The predictions are class numbers, not distributions.</summary>
    public virtual bool SparseYPred { get; init; } = true;

    /// <summary>The axis of the classes.</summary>
    public int Axis { get; init; } = -1;

    private protected override int Classes => NumClasses;

    private protected override int? Ignored => IgnoreClass;

    private protected abstract bool TargetIsSparse { get; }

    private protected override T TargetClasses<T>(IOperators<T> op, T target) => TargetIsSparse ? base.TargetClasses(op, target) : op.ArgMax(target, Axis);

    private protected override T PredictedClasses<T>(IOperators<T> op, T prediction) => SparseYPred ? base.PredictedClasses(op, prediction) : op.ArgMax(prediction, Axis);
}
