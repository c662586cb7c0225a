using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>A loss reported as a metric: its mean over all samples.</summary>
public abstract record LossMetric : MeanMetric
{
    /// <summary>The loss.</summary>
    protected abstract Loss Measure { get; }

    /// <inheritdoc/>
    protected override T Values<T>(IOperators<T> op, T target, T prediction) => (Measure with { Dialect = Dialect }).PerSample(op, target, prediction);
}
