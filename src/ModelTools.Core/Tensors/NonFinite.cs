using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelTools.Tensors;

/// <summary>Finds numbers that are not finite, many at a time, wherever the bytes lie.</summary>
public static class NonFinite
{
    /// <summary>The first element that is NaN or infinite; of a complex number either part counts.</summary>
    /// <param name="tensor">The tensor; it is read block by block.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    /// <returns>The element's place in row-major order and whether it is NaN; null if all are finite.</returns>
    public static (long Index, bool IsNaN)? FindNonFinite(this Tensor tensor, CancellationToken cancellation = default)
    {
        if (tensor.Data is StringData text)
        {
            // Nothing to look for, but reading them tells whether they are there.
            foreach (var _ in text.Elements)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            return null;
        }

        using var sink = new Sink(tensor.DType);
        tensor.Data.CopyTo(sink, cancellation);
        return sink.Found;
    }

    // Words whose exponent has all bits set are not finite; of these, those with bits behind it are NaN.
    private static int IndexIn<T>(ReadOnlySpan<T> words, T exponent)
        where T : unmanaged, IBinaryInteger<T>
    {
        var mask = new Vector<T>(exponent);
        var i = 0;
        for (; i <= words.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            if (Vector.EqualsAny(new Vector<T>(words[i..]) & mask, mask))
            {
                break;
            }
        }

        for (; i < words.Length; i++)
        {
            if ((words[i] & exponent) == exponent)
            {
                return i;
            }
        }

        return -1;
    }

    private sealed class Sink(DType dtype) : WriteOnlyStream
    {
        public (long Index, bool IsNaN)? Found { get; private set; }

        // The rest is still taken in: whoever reads it may have a checksum to compare at the end.
        protected override void Take(ReadOnlySpan<byte> bytes)
        {
            switch (dtype)
            {
                case DType.Float16:
                    Search<ushort>(bytes, 0x7C00, 1);
                    break;
                case DType.BFloat16:
                    Search<ushort>(bytes, 0x7F80, 1);
                    break;
                case DType.Float32:
                    Search<uint>(bytes, 0x7F80_0000, 1);
                    break;
                case DType.Float64:
                    Search<ulong>(bytes, 0x7FF0_0000_0000_0000, 1);
                    break;
                case DType.Complex64:
                    Search<uint>(bytes, 0x7F80_0000, 2);
                    break;
                case DType.Complex128:
                    Search<ulong>(bytes, 0x7FF0_0000_0000_0000, 2);
                    break;
            }
        }

        private void Search<T>(ReadOnlySpan<byte> bytes, T exponent, int parts)
            where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        {
            var words = MemoryMarshal.Cast<byte, T>(bytes);
            if (Found is null && IndexIn(words, exponent) is >= 0 and var place)
            {
                var magnitude = words[place] & (T.MaxValue >>> 1);
                Found = (((Position / Unsafe.SizeOf<T>()) + place) / parts, magnitude != exponent);
            }
        }
    }
}
