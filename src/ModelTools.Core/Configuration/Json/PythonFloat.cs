using System.Globalization;

namespace ModelTools.Configuration.Json;

/// <summary>Spells doubles as Python does.</summary>
public static class PythonFloat
{
    /// <summary>As Python's <c>repr</c>: the shortest digits that give the same double, <c>0.001</c>, <c>1e-07</c>, <c>1.0</c>, <c>nan</c>, <c>-inf</c>.</summary>
    public static string Repr(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }

        var sign = double.IsNegative(value) ? "-" : "";
        return sign + (value == 0 ? "0.0" : Layout(Shortest(Math.Abs(value))));
    }

    /// <summary>As Python's <c>json.dumps</c>: like <see cref="Repr"/>, but <c>NaN</c>, <c>Infinity</c>, <c>-Infinity</c>.</summary>
    public static string Json(double value) =>
        double.IsFinite(value) ? Repr(value) : double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";

    private static string Shortest(double value)
    {
        // .NET drops a digit too many for some powers of two, such as 2^-958.
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) == value ? text : value.ToString("E16", CultureInfo.InvariantCulture);
    }

    /// <summary>Lays out the digits that .NET finds (the same as Python's) where Python puts point and exponent.</summary>
    private static string Layout(string shortest)
    {
        var exponentAt = shortest.IndexOf('E', StringComparison.Ordinal);
        var exponent = exponentAt < 0 ? 0 : int.Parse(shortest.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = exponentAt < 0 ? shortest : shortest[..exponentAt];
        var pointAt = mantissa.IndexOf('.', StringComparison.Ordinal) is >= 0 and var found ? found : mantissa.Length;
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');

        // The value is 0.digits times ten to the power of point.
        var point = pointAt + exponent - (all.Length - digits.Length);
        digits = digits.TrimEnd('0');
        return point switch
        {
            > 16 or <= -4 => Scientific(digits, point - 1),
            <= 0 => "0." + new string('0', -point) + digits,
            _ when point >= digits.Length => digits + new string('0', point - digits.Length) + ".0",
            _ => digits[..point] + "." + digits[point..],
        };
    }

    private static string Scientific(string digits, int exponent)
    {
        var fraction = digits.Length > 1 ? "." + digits[1..] : "";
        return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }
}
