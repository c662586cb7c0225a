using ModelTools.Objects;

namespace ModelTools.Training;

/// <summary>How a loss turns its values per sample into one number. Keras: the <c>reduction</c> of <c>keras.losses.Loss</c>.</summary>
/// <remarks>Keras 2's <c>auto</c> means <see cref="SumOverBatchSize"/>.</remarks>
public enum LossReduction
{
    /// <summary>The mean over all values, whatever their weights (Keras's default).</summary>
    [ConfigText("sum_over_batch_size", Aliases = ["auto"])]
    SumOverBatchSize,

    /// <summary>The sum.</summary>
    Sum,

    /// <summary>The values themselves; a training adds them up.</summary>
    None,

    /// <summary>Keras 3's other name of <see cref="SumOverBatchSize"/>.</summary>
    Mean,

    /// <summary>The weighted sum, divided by the sum of the weights.</summary>
    MeanWithSampleWeight,
}
