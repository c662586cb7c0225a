using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>-log of the prediction for the right class; targets are class numbers. Keras: <c>keras.losses.SparseCategoricalCrossentropy</c>.</summary>
/// <remarks>Prediction [batch, …, classes]; target the same without the last axis, or with a last axis of 1.</remarks>
public sealed record SparseCategoricalCrossentropy : Loss
{
    /// <summary>The prediction holds logits, not probabilities.</summary>
    public bool FromLogits { get; init; }

    /// <summary>Samples of this class do not count.</summary>
    public int? IgnoreClass { get; init; }

    /// <summary>The axis of the classes: only the last one.</summary>
    [ConfigWrite(Keras2 = false, OnlyIfSet = true)]
    public int Axis { get; init; } = -1;

    /// <inheritdoc/>
    protected override bool TakesClassNumbers => true;

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T target, T prediction)
    {
        var labels = op.ClassNumbers(target, op.RankOf(prediction));
        var valid = IgnoreClass is { } ignored ? IsValid(op, labels, ignored) : null;
        if (valid is not null)
        {
            labels = op.Select(valid, labels, op.Scalar(0, labels));
        }

        var logits = FromLogits ? prediction : op.Log(Crossentropy.Clip(op, prediction));
        var values = op.SparseSoftmaxCrossEntropy(labels, logits);
        return valid is null ? values : op.Select(valid, values, op.Scalar(0, values));
    }

    /// <inheritdoc/>
    protected override T? MaskOf<T>(IOperators<T> op, T target, T values)
        where T : class => IgnoreClass is { } ignored ? IsValid(op, op.ClassNumbers(target, op.RankOf(values) + 1), ignored) : null;

    private static T IsValid<T>(IOperators<T> op, T labels, int ignored)
        where T : class => op.Binary(BinaryOperator.NotEqual, labels, op.Scalar(ignored, labels));
}
