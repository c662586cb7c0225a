using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelTools.Tensors;

/// <summary>Conversions whose speed matters, many elements at a time; results are those of <see cref="ElementCast"/>.</summary>
internal static class VectorCast
{
    private const float TwoTo112 = 5.192296858534828e33f;

    /// <summary>Converts if the pair is one of those here.</summary>
    public static bool TryConvert(ReadOnlySpan<byte> source, DType from, Span<byte> destination, DType to)
    {
        switch (from, to)
        {
            case (DType.UInt8, DType.Float32):
                ByteToSingle(source, MemoryMarshal.Cast<byte, float>(destination));
                return true;
            case (DType.Int32, DType.Float32):
                Int32ToSingle(MemoryMarshal.Cast<byte, int>(source), MemoryMarshal.Cast<byte, float>(destination));
                return true;
            case (DType.Float16, DType.Float32):
                HalfToSingle(MemoryMarshal.Cast<byte, ushort>(source), MemoryMarshal.Cast<byte, uint>(destination));
                return true;
            case (DType.BFloat16, DType.Float32):
                BrainToSingle(MemoryMarshal.Cast<byte, ushort>(source), MemoryMarshal.Cast<byte, uint>(destination));
                return true;
            case (DType.Float32, DType.BFloat16):
                SingleToBrain(MemoryMarshal.Cast<byte, uint>(source), MemoryMarshal.Cast<byte, ushort>(destination));
                return true;
            case (DType.Float64, DType.Float32):
                DoubleToSingle(MemoryMarshal.Cast<byte, double>(source), MemoryMarshal.Cast<byte, float>(destination));
                return true;
            case (DType.Float32, DType.Float64):
                SingleToDouble(MemoryMarshal.Cast<byte, float>(source), MemoryMarshal.Cast<byte, double>(destination));
                return true;
            default:
                return false;
        }
    }

    /// <summary>The nearest bfloat16 of a float, ties to even.</summary>
    public static ushort ToBrain(uint bits) => (bits & 0x7FFF_FFFF) > 0x7F80_0000
        ? (ushort)(((bits >> 16) & 0x8000) | 0x7FC0)
        : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);

    private static void ByteToSingle(ReadOnlySpan<byte> source, Span<float> target)
    {
        var i = 0;
        for (; i <= source.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(source[i..]), out var low, out var high);
            Vector.Widen(low, out var first, out var second);
            Vector.Widen(high, out var third, out var fourth);
            Vector.ConvertToSingle(Vector.AsVectorInt32(first)).CopyTo(target[i..]);
            Vector.ConvertToSingle(Vector.AsVectorInt32(second)).CopyTo(target[(i + Vector<float>.Count)..]);
            Vector.ConvertToSingle(Vector.AsVectorInt32(third)).CopyTo(target[(i + (2 * Vector<float>.Count))..]);
            Vector.ConvertToSingle(Vector.AsVectorInt32(fourth)).CopyTo(target[(i + (3 * Vector<float>.Count))..]);
        }

        for (; i < source.Length; i++)
        {
            target[i] = source[i];
        }
    }

    private static void Int32ToSingle(ReadOnlySpan<int> source, Span<float> target)
    {
        var i = 0;
        for (; i <= source.Length - Vector<int>.Count; i += Vector<int>.Count)
        {
            Vector.ConvertToSingle(new Vector<int>(source[i..])).CopyTo(target[i..]);
        }

        for (; i < source.Length; i++)
        {
            target[i] = source[i];
        }
    }

    private static void HalfToSingle(ReadOnlySpan<ushort> source, Span<uint> target)
    {
        var i = 0;
        for (; i <= source.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(source[i..]), out var low, out var high);
            HalfToSingle(low).CopyTo(target[i..]);
            HalfToSingle(high).CopyTo(target[(i + Vector<uint>.Count)..]);
        }

        for (; i < source.Length; i++)
        {
            target[i] = BitConverter.SingleToUInt32Bits((float)BitConverter.UInt16BitsToHalf(source[i]));
        }
    }

    private static Vector<uint> HalfToSingle(Vector<uint> half)
    {
        // Exponent and fraction at a float's places, times 2^112 for the other bias: right for subnormal numbers too.
        var magnitude = Vector.ShiftLeft(half & new Vector<uint>(0x7FFF), 13);
        var scaled = Vector.AsVectorUInt32(Vector.AsVectorSingle(magnitude) * new Vector<float>(TwoTo112));
        var notFinite = Vector.GreaterThanOrEqual(magnitude, new Vector<uint>(0x7C00u << 13));
        return Vector.ConditionalSelect(notFinite, magnitude | new Vector<uint>(0x7F80_0000), scaled)
            | Vector.ShiftLeft(half & new Vector<uint>(0x8000), 16);
    }

    private static void BrainToSingle(ReadOnlySpan<ushort> source, Span<uint> target)
    {
        var i = 0;
        for (; i <= source.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(source[i..]), out var low, out var high);
            Vector.ShiftLeft(low, 16).CopyTo(target[i..]);
            Vector.ShiftLeft(high, 16).CopyTo(target[(i + Vector<uint>.Count)..]);
        }

        for (; i < source.Length; i++)
        {
            target[i] = (uint)source[i] << 16;
        }
    }

    private static void SingleToBrain(ReadOnlySpan<uint> source, Span<ushort> target)
    {
        var i = 0;
        for (; i <= source.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            var low = ToBrain(new Vector<uint>(source[i..]));
            var high = ToBrain(new Vector<uint>(source[(i + Vector<uint>.Count)..]));
            Vector.Narrow(low, high).CopyTo(target[i..]);
        }

        for (; i < source.Length; i++)
        {
            target[i] = ToBrain(source[i]);
        }
    }

    private static Vector<uint> ToBrain(Vector<uint> bits)
    {
        var upper = Vector.ShiftRightLogical(bits, 16);
        var rounded = Vector.ShiftRightLogical(bits + new Vector<uint>(0x7FFF) + (upper & Vector<uint>.One), 16);
        var notANumber = Vector.GreaterThan(bits & new Vector<uint>(0x7FFF_FFFF), new Vector<uint>(0x7F80_0000));
        return Vector.ConditionalSelect(notANumber, (upper & new Vector<uint>(0x8000)) | new Vector<uint>(0x7FC0), rounded);
    }

    private static void DoubleToSingle(ReadOnlySpan<double> source, Span<float> target)
    {
        var i = 0;
        for (; i <= source.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Narrow(new Vector<double>(source[i..]), new Vector<double>(source[(i + Vector<double>.Count)..])).CopyTo(target[i..]);
        }

        for (; i < source.Length; i++)
        {
            target[i] = (float)source[i];
        }
    }

    private static void SingleToDouble(ReadOnlySpan<float> source, Span<double> target)
    {
        var i = 0;
        for (; i <= source.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(source[i..]), out var low, out var high);
            low.CopyTo(target[i..]);
            high.CopyTo(target[(i + Vector<double>.Count)..]);
        }

        for (; i < source.Length; i++)
        {
            target[i] = source[i];
        }
    }
}
