using System.Runtime.InteropServices;
using ModelTools.Tensors;

namespace ModelTools.Reporting;

/// <summary>What the numbers of a tensor are like; those that are not finite are counted and otherwise left out.</summary>
/// <param name="Minimum">The smallest; NaN if none is finite.</param>
/// <param name="Maximum">The largest.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The standard deviation (of the whole, as NumPy's <c>std</c>).</param>
/// <param name="NaNCount">Numbers that are NaN.</param>
/// <param name="InfinityCount">Numbers that are infinite.</param>
/// <param name="Histogram">How many lie in each of the equal parts of the range; one part where all are equal.</param>
internal sealed record ValueStatistics(double Minimum, double Maximum, double Mean, double Deviation, long NaNCount, long InfinityCount, IReadOnlyList<long> Histogram)
{
    private const int FewestParts = 8;
    private const int MostParts = 40;
    private const int BlockElements = 1 << 14;

    private delegate void BlockReader(ReadOnlySpan<double> values);

    /// <summary>True for real numbers.</summary>
    public static bool CanDescribe(DType dtype) => dtype is not (DType.String or DType.Complex64 or DType.Complex128);

    /// <summary>Goes over the numbers twice, a block at a time: for the range, then for what is counted within it.</summary>
    public static ValueStatistics Of(Tensor tensor, CancellationToken cancellation)
    {
        double minimum = double.PositiveInfinity, maximum = double.NegativeInfinity, sum = 0;
        long finite = 0, nan = 0, infinite = 0;
        ForEachBlock(tensor, values =>
        {
            foreach (var value in values)
            {
                if (double.IsFinite(value))
                {
                    minimum = Math.Min(minimum, value);
                    maximum = Math.Max(maximum, value);
                    sum += value;
                    finite++;
                }
                else if (double.IsNaN(value))
                {
                    nan++;
                }
                else
                {
                    infinite++;
                }
            }
        }, cancellation);

        if (finite == 0)
        {
            return new ValueStatistics(double.NaN, double.NaN, double.NaN, double.NaN, nan, infinite, []);
        }

        var mean = sum / finite;
        var squares = 0.0;
        var parts = (int)Math.Clamp(2 * Math.Sqrt(finite), FewestParts, MostParts);
        var counts = new long[minimum < maximum ? parts : 1];
        // Halves, since the range itself may exceed what a double holds.
        var perPart = minimum < maximum ? counts.Length / ((maximum / 2) - (minimum / 2)) : 0;
        ForEachBlock(tensor, values =>
        {
            foreach (var value in values)
            {
                if (double.IsFinite(value))
                {
                    squares += (value - mean) * (value - mean);
                    counts[Math.Min((int)(((value / 2) - (minimum / 2)) * perPart), counts.Length - 1)]++;
                }
            }
        }, cancellation);

        return new ValueStatistics(minimum, maximum, mean, Math.Sqrt(squares / finite), nan, infinite, counts);
    }

    private static void ForEachBlock(Tensor tensor, BlockReader read, CancellationToken cancellation)
    {
        var size = tensor.DType.Size();
        var bytes = new byte[BlockElements * size];
        var numbers = new double[BlockElements];
        for (var start = 0L; start < tensor.ElementCount; start += BlockElements)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = (int)Math.Min(BlockElements, tensor.ElementCount - start);
            var block = bytes.AsSpan(0, count * size);
            tensor.Data.Read(start * size, block);
            ElementCast.Convert(block, tensor.DType, MemoryMarshal.AsBytes(numbers.AsSpan(0, count)), DType.Float64);
            read(numbers.AsSpan(0, count));
        }
    }
}
