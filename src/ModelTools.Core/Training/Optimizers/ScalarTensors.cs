using System.Runtime.InteropServices;
using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Training;

/// <summary>Single numbers as tensors and back, in the types that optimizers store.</summary>
internal static class ScalarTensors
{
    /// <summary>A tensor filled with one number.</summary>
    public static Tensor Filled(DType dtype, Shape shape, double value)
    {
        if (value == 0)
        {
            return Tensor.Zeros(dtype, shape);
        }

        var tensor = Tensor.Allocate(dtype, shape, out var data);
        var element = Bytes(dtype, value);
        const int Part = 1 << 24;
        for (var offset = 0L; offset < data.Length; offset += Part)
        {
            var span = data.Span(offset, (int)Math.Min(Part, data.Length - offset));
            for (var i = 0; i < span.Length; i += element.Length)
            {
                element.CopyTo(span[i..]);
            }
        }

        return tensor;
    }

    /// <summary>Reads the only element of a tensor.</summary>
    /// <exception cref="ModelToolsException">MT3002: it has more elements; MT4004: its type is no number's.</exception>
    public static double Read(Tensor tensor, string name)
    {
        if (tensor.ElementCount != 1)
        {
            throw new ModelToolsException(ErrorCode.WeightShapeMismatch, $"The optimizer's {name} is a single number; the file has shape {tensor.Shape}.") { Location = name };
        }

        return tensor.DType switch
        {
            DType.Int64 => tensor.AsSpan<long>()[0],
            DType.Int32 => tensor.AsSpan<int>()[0],
            DType.UInt64 => tensor.AsSpan<ulong>()[0],
            DType.UInt32 => tensor.AsSpan<uint>()[0],
            DType.Float32 => tensor.AsSpan<float>()[0],
            DType.Float64 => tensor.AsSpan<double>()[0],
            DType.Float16 => (double)tensor.AsSpan<Half>()[0],
            DType.BFloat16 => BitConverter.Int32BitsToSingle(tensor.AsSpan<ushort>()[0] << 16),
            _ => throw new ModelToolsException(ErrorCode.UnsupportedDType, $"The optimizer's {name} is a number; the file has {tensor.DType.Name()}.") { Location = name },
        };
    }

    private static byte[] Bytes(DType dtype, double value)
    {
        return dtype switch
        {
            DType.Float32 => Of((float)value),
            DType.Float64 => Of(value),
            DType.Float16 => Of((Half)value),
            DType.BFloat16 => Of((ushort)(BitConverter.SingleToInt32Bits((float)value) >> 16)),
            DType.Int64 => Of((long)value),
            DType.Int32 => Of((int)value),
            _ => throw new ModelToolsException(ErrorCode.UnsupportedDType, $"An optimizer cannot keep numbers of type {dtype.Name()}."),
        };

        static byte[] Of<T>(T number)
            where T : unmanaged => MemoryMarshal.AsBytes<T>([number]).ToArray();
    }
}
