using ModelTools.Tensors;

namespace ModelTools.Torch.Training;

/// <summary>Samples with the answers that a model should give.</summary>
/// <param name="Inputs">One tensor per input of the model, batch first.</param>
/// <param name="Targets">One tensor per output of the model, batch first; null for an output without a loss.</param>
/// <param name="SampleWeights">One tensor for all outputs, or one per output, batch first; null for equal weights.</param>
public sealed record TrainingData(IReadOnlyList<Tensor> Inputs, IReadOnlyList<Tensor?> Targets, IReadOnlyList<Tensor?>? SampleWeights = null)
{
    /// <summary>Samples for a model with one input and one output.</summary>
    public TrainingData(Tensor input, Tensor target, Tensor? sampleWeight = null)
        : this([input], [target], sampleWeight is null ? null : [sampleWeight])
    {
    }
}
