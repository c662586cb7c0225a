using System.Buffers;
using System.Globalization;
using System.Text;

namespace ModelTools.Diagnostics;

/// <summary>Makes text that may hold names of a file fit for a terminal and a log.</summary>
public static class PlainText
{
    private const int LongestMessage = 4000;

    // Orders to terminals, marks that turn the direction of writing, and separators of lines that editors take for new lines.
    private static readonly SearchValues<char> Unfit = SearchValues.Create(
        [.. Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(character => (char.IsControl(character) && character is not ('\n' or '\t'))
            || char.IsSurrogate(character) || character is (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069'))]);

    /// <summary>The same text with escapes such as <c>\u001b</c> in place of characters that a terminal obeys or that are none; line feeds and tabs stay.</summary>
    /// <param name="text">Any text.</param>
    public static string Of(string text)
    {
        if (text.AsSpan().IndexOfAny(Unfit) < 0)
        {
            return text;
        }

        var plain = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                plain.Append(text[i]).Append(text[++i]);
            }
            else if (Unfit.Contains(text[i]))
            {
                plain.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }

    /// <summary>The same on one line.</summary>
    /// <param name="text">Any text, such as a name.</param>
    public static string Line(string text) => Of(text).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);

    /// <summary>A message: the same, with the middle left out where a name in it is endless.</summary>
    internal static string Message(string text) => Of(Shortened(Of(Shortened(text, LongestMessage)), LongestMessage));

    /// <summary>The ends of a text that is longer than it may be.</summary>
    internal static string Shortened(string text, int length) =>
        text.Length <= length ? text : string.Concat(text.AsSpan(0, length - (length / 4)), " … ", text.AsSpan(text.Length - (length / 4)));
}
