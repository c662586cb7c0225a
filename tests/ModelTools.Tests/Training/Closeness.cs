using ModelTools.Tensors;
using ModelTools.Training;

namespace ModelTools.Tests.Training;

/// <summary>Compares tensors with recorded ones.</summary>
internal static class Closeness
{
    /// <summary>Says what differs by more than tolerance · (1 + |expected|); null if nothing does.</summary>
    public static string? Difference(Tensor expected, Tensor actual, double tolerance)
    {
        if (!expected.Shape.Equals(actual.Shape))
        {
            return $"shape {actual.Shape}, not {expected.Shape}";
        }

        var (wanted, found) = (Numbers(expected), Numbers(actual));
        var worst = Enumerable.Range(0, wanted.Length)
            .Select(i => (Index: i, Excess: Excess(wanted[i], found[i])))
            .OrderByDescending(item => item.Excess)
            .FirstOrDefault();
        return worst.Excess > tolerance ? $"[{worst.Index}] is {found[worst.Index]:R}, not {wanted[worst.Index]:R}" : null;
    }

    public static double[] Numbers(Tensor tensor) => tensor.DType switch
    {
        DType.Float32 => [.. tensor.AsSpan<float>().ToArray().Select(value => (double)value)],
        DType.Float64 => tensor.AsSpan<double>().ToArray(),
        DType.Int32 => [.. tensor.AsSpan<int>().ToArray().Select(value => (double)value)],
        DType.Int64 => [.. tensor.AsSpan<long>().ToArray().Select(value => (double)value)],
        _ => throw new NotSupportedException(tensor.DType.Name()),
    };

    private static double Excess(double wanted, double found) =>
        wanted.Equals(found) ? 0 : double.IsFinite(wanted) && double.IsFinite(found) ? Math.Abs(wanted - found) / (1 + Math.Abs(wanted)) : double.PositiveInfinity;
}
