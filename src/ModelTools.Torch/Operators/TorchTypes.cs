using ModelTools.Diagnostics;
using ModelTools.Tensors;
using TorchSharp;

namespace ModelTools.Torch.Operators;

/// <summary>Element types on both sides.</summary>
internal static class TorchTypes
{
    private static readonly (DType Ours, torch.ScalarType Theirs)[] Pairs =
    [
        (DType.Float32, torch.ScalarType.Float32), (DType.Int32, torch.ScalarType.Int32), (DType.Int64, torch.ScalarType.Int64), (DType.Bool, torch.ScalarType.Bool),
        (DType.Float64, torch.ScalarType.Float64), (DType.Float16, torch.ScalarType.Float16), (DType.BFloat16, torch.ScalarType.BFloat16), (DType.UInt8, torch.ScalarType.Byte),
        (DType.Int8, torch.ScalarType.Int8), (DType.Int16, torch.ScalarType.Int16), (DType.Complex64, torch.ScalarType.ComplexFloat32), (DType.Complex128, torch.ScalarType.ComplexFloat64),
    ];

    /// <summary>The engine's name of a type.</summary>
    /// <exception cref="ModelToolsException">MT4004: the engine has no such type.</exception>
    public static torch.ScalarType ToTorch(this DType dtype)
    {
        foreach (var (ours, theirs) in Pairs)
        {
            if (ours == dtype)
            {
                return theirs;
            }
        }

        throw new ModelToolsException(ErrorCode.UnsupportedDType, $"The engine does not compute with {dtype.Name()}.");
    }

    /// <summary>Our name of a type.</summary>
    /// <exception cref="ModelToolsException">MT4004: we have no such type.</exception>
    public static DType ToDType(this torch.ScalarType type)
    {
        foreach (var (ours, theirs) in Pairs)
        {
            if (theirs == type)
            {
                return ours;
            }
        }

        throw new ModelToolsException(ErrorCode.UnsupportedDType, $"The engine's type {type} has no counterpart in Keras.");
    }
}
