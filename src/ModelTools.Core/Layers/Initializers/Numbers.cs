using System.Runtime.InteropServices;
using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Numbers as elements of tensors of any type.</summary>
internal static class Numbers
{
    /// <summary>Rounds to the nearest bfloat16, halves to even.</summary>
    public static ushort ToBFloat16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? (ushort)((bits >> 16) | 0x40) : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    /// <summary>A tensor with one number in every place.</summary>
    /// <exception cref="ModelToolsException">MT4004: strings and complex numbers are not filled.</exception>
    public static Tensor Filled(Shape shape, DType dtype, double value)
    {
        if (value == 0 && dtype is not DType.String)
        {
            return Tensor.Zeros(dtype, shape);
        }

        var tensor = Tensor.Allocate(dtype, shape, out var data);
        var size = dtype.Size();
        const int Chunk = 1 << 24;
        for (var offset = 0L; offset < data.Length; offset += Chunk)
        {
            FillSpan(data.Span(offset, (int)Math.Min(Chunk, data.Length - offset)), dtype, value);
        }

        return tensor;
    }

    /// <summary>A tensor of given numbers, converted to its type.</summary>
    public static Tensor From(ReadOnlySpan<double> values, Shape shape, DType dtype)
    {
        var tensor = Tensor.Allocate(dtype, shape, out var data);
        var size = dtype.Size();
        for (var i = 0; i < values.Length; i++)
        {
            FillSpan(data.Span((long)i * size, size), dtype, values[i]);
        }

        return tensor;
    }

    private static void FillSpan(Span<byte> bytes, DType dtype, double value)
    {
        switch (dtype)
        {
            case DType.Float32:
                MemoryMarshal.Cast<byte, float>(bytes).Fill((float)value);
                break;
            case DType.Float64:
                MemoryMarshal.Cast<byte, double>(bytes).Fill(value);
                break;
            case DType.Float16:
                MemoryMarshal.Cast<byte, Half>(bytes).Fill((Half)value);
                break;
            case DType.BFloat16:
                MemoryMarshal.Cast<byte, ushort>(bytes).Fill(ToBFloat16((float)value));
                break;
            case DType.Int32 or DType.UInt32:
                MemoryMarshal.Cast<byte, int>(bytes).Fill((int)(long)value);
                break;
            case DType.Int64 or DType.UInt64:
                MemoryMarshal.Cast<byte, long>(bytes).Fill((long)value);
                break;
            case DType.Int16 or DType.UInt16:
                MemoryMarshal.Cast<byte, short>(bytes).Fill((short)(long)value);
                break;
            case DType.Int8 or DType.UInt8 or DType.Bool:
                bytes.Fill((byte)(long)value);
                break;
            default:
                throw new ModelToolsException(ErrorCode.UnsupportedDType, $"A weight of type {dtype.Name()} cannot be initialised with a number.");
        }
    }
}
