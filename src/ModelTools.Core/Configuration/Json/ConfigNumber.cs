using System.Buffers;
using System.Globalization;
using System.Numerics;

namespace ModelTools.Configuration.Json;

/// <summary>A JSON number, also <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>, as it is spelt.</summary>
public sealed class ConfigNumber : ConfigValue
{
    private static readonly SearchValues<char> IntegerCharacters = SearchValues.Create("-0123456789");

    private ConfigNumber(string text) => Text = text;

    /// <summary>The spelling, which is written back unchanged: <c>0.0010000000474974513</c>, <c>1e-07</c>, <c>NaN</c>.</summary>
    public string Text { get; }

    /// <summary>True where Python reads an <c>int</c>: digits only.</summary>
    public bool IsInteger => !Text.AsSpan().ContainsAnyExcept(IntegerCharacters);

    internal override string KindName => Text.Length > 20 ? $"a number of {Text.Length} characters" : IsInteger ? "an integer" : "a number";

    /// <summary>A whole number.</summary>
    public static ConfigNumber Of(long value) => new(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number that Python reads as a float, spelt as Python does: <c>0.001</c>, <c>1e-07</c>, <c>1.0</c>.</summary>
    public static ConfigNumber Of(double value) => new(PythonFloat.Json(value));

    /// <summary>A number of single precision, spelt as Python spells one that it has widened: <c>0.30000001192092896</c>.</summary>
    public static ConfigNumber Of(float value) => Of((double)value);

    /// <summary>The nearest double; infinite where the number exceeds its range.</summary>
    public double ToDouble() => Text switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => double.Parse(Text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    /// <summary>The number as a whole one; false where it is not whole (<c>2.0</c> is) or exceeds the range of a long.</summary>
    public bool TryGetInt64(out long value)
    {
        if (long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        // Doubles from 2^53 on are whole but no longer exact.
        if (!IsInteger && ToDouble() is var number && Math.Abs(number) < 1L << 53 && number == Math.Truncate(number))
        {
            value = (long)number;
            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public override bool Equals(ConfigValue? other)
    {
        if (other is not ConfigNumber number)
        {
            return false;
        }

        return Text == number.Text || (IsInteger && number.IsInteger
            ? BigInteger.Parse(Text, CultureInfo.InvariantCulture) == BigInteger.Parse(number.Text, CultureInfo.InvariantCulture)
            : ToDouble().Equals(number.ToDouble()));
    }

    /// <inheritdoc/>
    public override int GetHashCode() => ToDouble() is var number && number == 0 ? 0 : number.GetHashCode();

    /// <summary>Takes over a spelling that the parser has checked.</summary>
    internal static ConfigNumber FromText(string text) => new(text);
}
