using System.Globalization;
using System.Text;

namespace ModelTools.Tensors;

/// <summary>Elements as words of one width, as NumPy spells them.</summary>
internal static class ElementWords
{
    /// <summary>Spells the elements of a tensor of rank 1.</summary>
    public static IReadOnlyList<string> Format(Tensor tensor) => tensor.DType switch
    {
        DType.String => [.. ((StringData)tensor.Data).Elements.Select(Quote)],
        DType.Bool => Align(tensor.ToArray<bool>().Select(value => value ? "True" : "False")),
        DType.UInt64 => Align(tensor.ToArray<ulong>().Select(value => value.ToString(CultureInfo.InvariantCulture))),
        DType.Float64 => FloatWords.Format(tensor.ToArray<double>(), FloatWords.Double),
        DType.Float16 => FloatWords.Format(tensor.ToArray<double>(), FloatWords.Half),
        DType.BFloat16 or DType.Float32 => FloatWords.Format(tensor.ToArray<double>(), FloatWords.Single),
        DType.Complex64 => Complex(tensor, FloatWords.Single),
        DType.Complex128 => Complex(tensor, FloatWords.Double),
        _ => Align(tensor.ToArray<long>().Select(value => value.ToString(CultureInfo.InvariantCulture))),
    };

    private static string[] Align(IEnumerable<string> words)
    {
        string[] all = [.. words];
        var width = all.Max(word => word.Length);
        return Array.ConvertAll(all, word => word.PadLeft(width));
    }

    private static string[] Complex(Tensor tensor, FloatWords.Spelling spelling)
    {
        var numbers = tensor.ToArray<System.Numerics.Complex>();
        var real = FloatWords.Format(Array.ConvertAll(numbers, number => number.Real), spelling);
        var imaginary = FloatWords.Format(Array.ConvertAll(numbers, number => number.Imaginary), spelling, sign: true);
        return [.. real.Zip(imaginary, (left, right) => left + right.TrimEnd() + "j" + new string(' ', right.Length - right.TrimEnd().Length))];
    }

    private static string Quote(byte[] bytes) => "'" + Encoding.UTF8.GetString(bytes).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "'";
}
