using System.Runtime.InteropServices;
using ModelTools.Tensors;

namespace ModelTools.Validation;

/// <summary>How far the numbers of two tensors of one shape are apart.</summary>
/// <param name="Largest">The largest absolute difference; infinite where only one of two numbers is finite.</param>
/// <param name="IsExceeded">True if two numbers are further apart than allowed.</param>
/// <param name="First">The first such place, in row-major order.</param>
internal sealed record ValueDifference(double Largest, bool IsExceeded, long First)
{
    private const int BlockElements = 1 << 16;

    /// <summary>Compares block by block.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second, of the same shape.</param>
    /// <param name="tolerance">How far two numbers may be apart, relative to the larger of 1 and the size of the first; 0 for equality.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    public static ValueDifference Of(Tensor left, Tensor right, double tolerance, CancellationToken cancellation = default)
    {
        if (left.Data is StringData || right.Data is StringData || left.DType is DType.Complex64 or DType.Complex128 || right.DType is DType.Complex64 or DType.Complex128)
        {
            var isEqual = left.Digest(cancellation) == right.Digest(cancellation);
            return new ValueDifference(isEqual ? 0 : double.PositiveInfinity, !isEqual, 0);
        }

        var first = new Block(left);
        var second = new Block(right);
        var (largest, place) = (0.0, -1L);
        for (var start = 0L; start < left.ElementCount; start += BlockElements)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = (int)Math.Min(BlockElements, left.ElementCount - start);
            if (left.DType == right.DType && first.Read(start, count).SequenceEqual(second.Read(start, count)))
            {
                continue;
            }

            var a = first.Numbers(start, count);
            var b = second.Numbers(start, count);
            for (var i = 0; i < count; i++)
            {
                var gap = Gap(a[i], b[i]);
                largest = Math.Max(largest, gap);
                if (place < 0 && gap > tolerance * Math.Max(1, Math.Abs(a[i])))
                {
                    place = start + i;
                }
            }
        }

        return new ValueDifference(largest, place >= 0, Math.Max(place, 0));
    }

    private static double Gap(double left, double right) =>
        left.Equals(right) || left == right ? 0 : double.IsFinite(left) && double.IsFinite(right) ? Math.Abs(left - right) : double.PositiveInfinity;

    private sealed class Block(Tensor tensor)
    {
        private readonly byte[] _bytes = new byte[BlockElements * tensor.DType.Size()];
        private readonly double[] _numbers = new double[BlockElements];

        public ReadOnlySpan<byte> Read(long start, int count)
        {
            var block = _bytes.AsSpan(0, count * tensor.DType.Size());
            tensor.Data.Read(start * tensor.DType.Size(), block);
            return block;
        }

        public ReadOnlySpan<double> Numbers(long start, int count)
        {
            ElementCast.Convert(Read(start, count), tensor.DType, MemoryMarshal.AsBytes(_numbers.AsSpan(0, count)), DType.Float64);
            return _numbers.AsSpan(0, count);
        }
    }
}
