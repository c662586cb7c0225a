using ModelTools.Layers;
using TorchSharp;

namespace ModelTools.Torch.Training;

/// <summary>A variable in training: its value, through which gradients are taken, and what the optimizer keeps for it.</summary>
/// <param name="Variable">The variable.</param>
/// <param name="Value">A leaf of the gradient's graph; a view into the buffer of all values.</param>
/// <param name="Slots">The optimizer's tensors, in the order of its slots.</param>
internal sealed record Parameter(Variable Variable, torch.Tensor Value, IReadOnlyList<torch.Tensor> Slots)
{
    /// <summary>The gradient of the last backward pass; null if the loss does not depend on the variable.</summary>
    public torch.Tensor? TakeGradient()
    {
        var gradient = Value.grad;
        Value.grad = null;
        return gradient;
    }
}
