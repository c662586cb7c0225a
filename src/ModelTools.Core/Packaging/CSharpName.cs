using System.Globalization;
using System.Text;
using ModelTools.Diagnostics;
using ModelTools.Objects;

namespace ModelTools.Packaging;

/// <summary>Names of layers, weights and inputs as C# identifiers.</summary>
internal static class CSharpName
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default", "delegate",
        "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in",
        "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out", "override", "params", "private",
        "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this",
        "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",
    };

    /// <summary>A name in Pascal case: <c>dense_1/kernel:0</c> becomes <c>Dense1Kernel0</c>.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="taken">Names in use; the new one is added, with a number where it is there already.</param>
    public static string Pascal(string text, UniqueNames taken)
    {
        var name = new StringBuilder();
        var upper = true;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsLetterOrDigit(rune) || rune.Utf16SequenceLength > 1)
            {
                upper = true;
                continue;
            }

            name.Append(upper ? Rune.ToUpperInvariant(rune) : rune);
            upper = false;
        }

        if (name.Length == 0 || !char.IsLetter(name[0]))
        {
            name.Insert(0, '_');
        }

        return taken.Take(name.ToString());
    }

    /// <summary>Takes a full name apart.</summary>
    /// <exception cref="ModelToolsException">MT6004: it is not a name in C#.</exception>
    public static (string Namespace, string Name) Split(string fullName)
    {
        var parts = fullName.Split('.');
        if (!Array.TrueForAll(parts, IsIdentifier))
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, $"'{fullName}' is not the name of a class in C#.") { Advice = "Write namespace and name, such as Acme.Digits." };
        }

        return (string.Join('.', parts[..^1]), parts[^1]);
    }

    /// <summary>A text as a literal.</summary>
    public static string Literal(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var character in text)
        {
            if (character is '"' or '\\')
            {
                literal.Append('\\').Append(character);
            }
            else if (char.IsControl(character) || char.IsSurrogate(character) || character is '\u2028' or '\u2029' or '\u0085')
            {
                literal.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
            }
            else
            {
                literal.Append(character);
            }
        }

        return literal.Append('"').ToString();
    }

    private static bool IsIdentifier(string text) =>
        text.Length > 0 && (char.IsLetter(text[0]) || text[0] == '_') && text.All(character => char.IsLetterOrDigit(character) || character == '_') && !Keywords.Contains(text);
}
