using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelTools.Layers;
using TorchSharp;

namespace ModelTools.Torch.Training;

/// <summary>A variable in training: its value, through which gradients are taken, and what the optimizer keeps for it.</summary>
/// <param name="Variable">The variable.</param>
/// <param name="Value">A leaf of the gradient's graph.</param>
/// <param name="Slots">The optimizer's tensors, in the order of its slots.</param>
internal sealed record Parameter(Variable Variable, torch.Tensor Value, IReadOnlyList<torch.Tensor> Slots)
{
    private readonly nint[]? _addresses = AddressesOf(Value, Slots);

    /// <summary>The gradient of the last backward pass; null if the loss does not depend on the variable.</summary>
    public torch.Tensor? TakeGradient()
    {
        var gradient = Value.grad;
        Value.grad = null;
        return gradient;
    }

    /// <summary>Addresses of value, gradient and slots, where all are float32 of one length and lie in a row; else null.</summary>
    public nint[]? Addresses(torch.Tensor gradient)
    {
        if (_addresses is null || gradient.dtype != torch.ScalarType.Float32 || !gradient.is_contiguous())
        {
            return null;
        }

        _addresses[1] = AddressOf(gradient);
        return _addresses;
    }

    // The memory belongs to the engine, so it does not move; the tensors are alive as long as the training is.
    private static nint[]? AddressesOf(torch.Tensor value, IReadOnlyList<torch.Tensor> slots) =>
        slots.Prepend(value).All(tensor => tensor.dtype == torch.ScalarType.Float32 && tensor.NumberOfElements == value.NumberOfElements && value.NumberOfElements is > 0 and <= int.MaxValue / sizeof(float))
            ? [AddressOf(value), 0, .. slots.Select(AddressOf)]
            : null;

    private static unsafe nint AddressOf(torch.Tensor tensor) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));
}
