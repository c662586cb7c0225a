using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelTools.Tensors;

/// <summary>Converts elements of one type to another, a block in memory at a time.</summary>
/// <remarks>
/// bfloat16 is defined by way of float32, complex numbers by their parts. The pairs that models and images are full of
/// are vectorised (<see cref="VectorCast"/>).
/// </remarks>
internal static class ElementCast
{
    private const int BlockLength = 2048;

    /// <summary>Converts as many elements as there are; neither type is a string.</summary>
    public static void Convert(ReadOnlySpan<byte> source, DType from, Span<byte> destination, DType to)
    {
        if (from == to)
        {
            source.CopyTo(destination);
        }
        else if (IsComplex(from) || IsComplex(to))
        {
            ConvertComplex(source, from, destination, to);
        }
        else if (!VectorCast.TryConvert(source, from, destination, to))
        {
            if (from == DType.BFloat16 || to == DType.BFloat16)
            {
                ConvertBy(DType.Float32, source, from, destination, to);
            }
            else
            {
                ConvertFrom(source, from, destination, to);
            }
        }
    }

    private static bool IsComplex(DType dtype) => dtype is DType.Complex64 or DType.Complex128;

    private static DType PartOf(DType complex) => complex == DType.Complex64 ? DType.Float32 : DType.Float64;

    /// <summary>Converts in two steps.</summary>
    private static void ConvertBy(DType middle, ReadOnlySpan<byte> source, DType from, Span<byte> destination, DType to)
    {
        Span<byte> block = stackalloc byte[BlockLength * middle.Size()];
        while (source.Length > 0)
        {
            var count = Math.Min(BlockLength, source.Length / from.Size());
            var part = block[..(count * middle.Size())];
            Convert(source[..(count * from.Size())], from, part, middle);
            Convert(part, middle, destination[..(count * to.Size())], to);
            source = source[(count * from.Size())..];
            destination = destination[(count * to.Size())..];
        }
    }

    private static void ConvertComplex(ReadOnlySpan<byte> source, DType from, Span<byte> destination, DType to)
    {
        if (IsComplex(from) && IsComplex(to))
        {
            Convert(source, PartOf(from), destination, PartOf(to));
            return;
        }

        // One part at a time: real parts alone count, except that a number is true when either part is not zero.
        var part = IsComplex(from) ? PartOf(from).Size() : PartOf(to).Size();
        Span<byte> one = stackalloc byte[part];
        for (int read = 0, write = 0; read < source.Length; read += from.Size(), write += to.Size())
        {
            var target = destination.Slice(write, to.Size());
            if (IsComplex(to))
            {
                target.Clear();
                Convert(source.Slice(read, from.Size()), from, target[..part], PartOf(to));
                continue;
            }

            Convert(source.Slice(read, part), PartOf(from), target, to);
            if (to == DType.Bool)
            {
                Convert(source.Slice(read + part, part), PartOf(from), one[..1], to);
                target[0] |= one[0];
            }
        }
    }

    private static void ConvertFrom(ReadOnlySpan<byte> source, DType from, Span<byte> destination, DType to)
    {
        switch (from)
        {
            case DType.Bool or DType.UInt8:
                ConvertTo<byte>(source, destination, to);
                break;
            case DType.UInt16:
                ConvertTo<ushort>(source, destination, to);
                break;
            case DType.UInt32:
                ConvertTo<uint>(source, destination, to);
                break;
            case DType.UInt64:
                ConvertTo<ulong>(source, destination, to);
                break;
            case DType.Int8:
                ConvertTo<sbyte>(source, destination, to);
                break;
            case DType.Int16:
                ConvertTo<short>(source, destination, to);
                break;
            case DType.Int32:
                ConvertTo<int>(source, destination, to);
                break;
            case DType.Int64:
                ConvertTo<long>(source, destination, to);
                break;
            case DType.Float16:
                ConvertTo<Half>(source, destination, to);
                break;
            case DType.Float32:
                ConvertTo<float>(source, destination, to);
                break;
            default:
                ConvertTo<double>(source, destination, to);
                break;
        }
    }

    private static void ConvertTo<TFrom>(ReadOnlySpan<byte> source, Span<byte> destination, DType to)
        where TFrom : unmanaged, INumberBase<TFrom>
    {
        var values = MemoryMarshal.Cast<byte, TFrom>(source);
        switch (to)
        {
            case DType.Bool:
                for (var i = 0; i < values.Length; i++)
                {
                    destination[i] = values[i] != TFrom.Zero ? (byte)1 : (byte)0;
                }

                break;
            case DType.UInt8:
                ConvertEach<TFrom, byte>(values, destination);
                break;
            case DType.UInt16:
                ConvertEach<TFrom, ushort>(values, destination);
                break;
            case DType.UInt32:
                ConvertEach<TFrom, uint>(values, destination);
                break;
            case DType.UInt64:
                ConvertEach<TFrom, ulong>(values, destination);
                break;
            case DType.Int8:
                ConvertEach<TFrom, sbyte>(values, destination);
                break;
            case DType.Int16:
                ConvertEach<TFrom, short>(values, destination);
                break;
            case DType.Int32:
                ConvertEach<TFrom, int>(values, destination);
                break;
            case DType.Int64:
                ConvertEach<TFrom, long>(values, destination);
                break;
            case DType.Float16:
                ConvertEach<TFrom, Half>(values, destination);
                break;
            case DType.Float32:
                ConvertEach<TFrom, float>(values, destination);
                break;
            default:
                ConvertEach<TFrom, double>(values, destination);
                break;
        }
    }

    private static void ConvertEach<TFrom, TTo>(ReadOnlySpan<TFrom> source, Span<byte> destination)
        where TFrom : unmanaged, INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo>
    {
        var target = MemoryMarshal.Cast<byte, TTo>(destination);

        // What a float out of range becomes is undefined in C and differs between processors: here it is the nearest value.
        var saturate = typeof(TFrom) == typeof(Half) || typeof(TFrom) == typeof(float) || typeof(TFrom) == typeof(double);
        for (var i = 0; i < source.Length; i++)
        {
            target[i] = saturate ? TTo.CreateSaturating(source[i]) : TTo.CreateTruncating(source[i]);
        }
    }
}
