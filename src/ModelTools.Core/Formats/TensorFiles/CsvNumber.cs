using System.Globalization;

namespace ModelTools.Formats.TensorFiles;

/// <summary>Fields that are numbers: with a decimal point whatever the culture, <c>nan</c>, <c>inf</c>, and <c>true</c> and <c>false</c> for 1 and 0.</summary>
internal static class CsvNumber
{
    private const NumberStyles Integer = NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    /// <summary>Whether a field is a number.</summary>
    public static bool IsNumber(ReadOnlySpan<char> field) => TryParseInteger(field, out _) || TryParse(field, out _);

    /// <summary>Reads a whole number, or true or false.</summary>
    public static bool TryParseInteger(ReadOnlySpan<char> field, out long value)
    {
        if (long.TryParse(field, Integer, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        var parsed = bool.TryParse(field, out var truth);
        value = truth ? 1 : 0;
        return parsed;
    }

    /// <summary>Reads any number.</summary>
    public static bool TryParse(ReadOnlySpan<char> field, out double value)
    {
        if (TryParseInteger(field, out var integer))
        {
            value = integer;
            return true;
        }

        if (double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        var word = field.Trim();
        var negative = word.StartsWith("-");
        var name = word.TrimStart("+-");
        if (name.Equals("nan", StringComparison.OrdinalIgnoreCase))
        {
            value = double.NaN;
            return true;
        }

        value = negative ? double.NegativeInfinity : double.PositiveInfinity;
        return name.Equals("inf", StringComparison.OrdinalIgnoreCase) || name.Equals("infinity", StringComparison.OrdinalIgnoreCase);
    }
}
