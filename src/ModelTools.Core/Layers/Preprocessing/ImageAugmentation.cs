using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Changes images at random in training and gives them unchanged otherwise.</summary>
/// <remarks>Only the latter is supported: in training these layers are refused (MT4002).</remarks>
public abstract record ImageAugmentation : TensorLayer
{
    /// <summary>Where the channels are (Keras 3).</summary>
    [ConfigWrite(Keras2 = false)]
    public DataFormat DataFormat { get; init; }

    /// <summary>Seed of the random numbers; null for others each time.</summary>
    public int? Seed { get; init; }

    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool DependsOnTraining => true;

    /// <inheritdoc/>
    protected sealed override T Call<T>(IOperators<T> op, T input, LayerCall<T> call)
    {
        if (call.Training)
        {
            throw Unsupported("changes images at random in training, which is not supported: remove it from the model, or prepare the images beforehand.");
        }

        return op.DTypeOf(input) == DType.ComputeDType ? input : op.Cast(input, DType.ComputeDType);
    }
}
