using System.Globalization;

namespace ModelTools.Tensors;

/// <summary>Floats as words of one width: the shortest digits that tell each from its neighbours, at most eight behind the point.</summary>
internal static class FloatWords
{
    private const int Precision = 8;

    public static Spelling Double { get; } = new(value => value.ToString("R", CultureInfo.InvariantCulture), value => value);

    public static Spelling Single { get; } = new(value => ((float)value).ToString("R", CultureInfo.InvariantCulture), value => (float)value);

    public static Spelling Half { get; } = new(value => ((Half)value).ToString("R", CultureInfo.InvariantCulture), value => (double)(Half)value);

    /// <summary>Spells numbers alike: all with an exponent, or none.</summary>
    /// <param name="values">At least one.</param>
    /// <param name="spelling">Their precision.</param>
    /// <param name="sign">Whether positive numbers have one.</param>
    public static string[] Format(double[] values, Spelling spelling, bool sign = false)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        double[] sizes = [.. finite.Select(Math.Abs).Where(size => size > 0)];
        var scientific = sizes.Length > 0 && (sizes.Max() >= 1e8 || sizes.Min() < 1e-4 || spelling.Round(sizes.Max() / sizes.Min()) > 1000);
        var mantissas = finite.Select(value => scientific ? Scientific(value, spelling) : Positional(value, spelling)).Select(digits => new Word(digits, sign)).ToArray();
        var left = mantissas.Select(word => word.Left.Length).DefaultIfEmpty(0).Max();
        var right = mantissas.Select(word => word.Right.Length).DefaultIfEmpty(0).Max();
        var exponentDigits = scientific ? mantissas.Max(word => word.ExponentDigits) : 0;
        var tail = 1 + right + (scientific ? 2 + exponentDigits : 0);
        foreach (var value in values.Where(value => !double.IsFinite(value)))
        {
            left = Math.Max(left, Name(value, sign).Length - tail);
        }

        var words = new string[values.Length];
        for (int i = 0, next = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                words[i] = Name(values[i], sign).PadLeft(left + tail);
                continue;
            }

            var word = mantissas[next++];
            if (scientific && word.Right.Length < right)
            {
                // NumPy fills up with the digits of the exact value, not with zeros.
                word = new Word(values[i].ToString("E" + right, CultureInfo.InvariantCulture), sign, keepZeros: true);
            }

            words[i] = word.Left.PadLeft(left) + "." + word.Right.PadRight(right) + (scientific ? word.Exponent(exponentDigits) : "");
        }

        return words;
    }

    private static string Name(double value, bool sign) => double.IsNaN(value) ? sign ? "+nan" : "nan" : value < 0 ? "-inf" : sign ? "+inf" : "inf";

    /// <summary>Digits without exponent: <c>12.5</c>.</summary>
    private static string Positional(double value, Spelling spelling)
    {
        var text = spelling.Shortest(value);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return text.Contains('E', StringComparison.Ordinal) || (point >= 0 && text.Length - point - 1 > Precision)
            ? value.ToString("F" + Precision, CultureInfo.InvariantCulture).TrimEnd('0').TrimEnd('.')
            : text;
    }

    /// <summary>Digits with exponent: <c>1.25E-005</c>.</summary>
    private static string Scientific(double value, Spelling spelling)
    {
        var rounded = value.ToString("E" + Precision, CultureInfo.InvariantCulture);
        var digits = spelling.Shortest(Math.Abs(value));
        var exponent = digits.IndexOf('E', StringComparison.Ordinal);
        var significant = (exponent < 0 ? digits : digits[..exponent]).Replace(".", "", StringComparison.Ordinal).Trim('0').Length;

        // Few enough digits: they are the shortest ones, which need not be the leading ones of the exact value.
        return significant > 0 && significant <= Precision + 1
            ? double.Parse(digits, CultureInfo.InvariantCulture).ToString("E" + (significant - 1), CultureInfo.InvariantCulture).Insert(0, double.IsNegative(value) ? "-" : "")
            : rounded;
    }

    /// <summary>How numbers of one precision are spelt.</summary>
    /// <param name="Shortest">The fewest digits that tell a number from its neighbours.</param>
    /// <param name="Round">The nearest number of that precision.</param>
    internal sealed record Spelling(Func<double, string> Shortest, Func<double, double> Round);

    /// <summary>A number's text, taken apart.</summary>
    private readonly struct Word
    {
        private readonly int _exponent;

        public Word(string text, bool sign, bool keepZeros = false)
        {
            var exponentAt = text.IndexOf('E', StringComparison.Ordinal);
            _exponent = exponentAt < 0 ? 0 : int.Parse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            var mantissa = exponentAt < 0 ? text : text[..exponentAt];
            var point = mantissa.IndexOf('.', StringComparison.Ordinal);
            var left = point < 0 ? mantissa : mantissa[..point];
            Left = sign && !left.StartsWith('-') ? "+" + left : left;
            var right = point < 0 ? "" : mantissa[(point + 1)..];
            Right = keepZeros ? right : right.TrimEnd('0');
        }

        public string Left { get; }

        public string Right { get; }

        public int ExponentDigits => Math.Max(2, Math.Abs(_exponent).ToString(CultureInfo.InvariantCulture).Length);

        public string Exponent(int digits) => (_exponent < 0 ? "e-" : "e+") + Math.Abs(_exponent).ToString("D" + digits, CultureInfo.InvariantCulture);
    }
}
