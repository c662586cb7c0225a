using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>The mean cosine of the angle between target and prediction. Keras: <c>keras.metrics.CosineSimilarity</c>.</summary>
[ObjectAlias("cosine_proximity", "cosine")]
public sealed record CosineSimilarityMetric : MeanMetric
{
    /// <summary>The axis of the vectors.</summary>
    public int Axis { get; init; } = -1;

    /// <inheritdoc/>
    protected override T Values<T>(IOperators<T> op, T target, T prediction) =>
        op.Negate(new CosineSimilarity { Axis = Axis, Dialect = Dialect }.PerSample(op, target, prediction));
}
