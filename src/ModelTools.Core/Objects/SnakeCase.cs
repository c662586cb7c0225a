using System.Text;

namespace ModelTools.Objects;

/// <summary>Keras's way from a class or property name to snake case (<c>keras.utils.naming.to_snake_case</c>).</summary>
public static class SnakeCase
{
    /// <summary>For instance <c>Conv2DTranspose</c> → <c>conv2d_transpose</c>, <c>PReLU</c> → <c>p_re_lu</c>.</summary>
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
            {
                continue;
            }

            var startsWord = char.IsAsciiLetterUpper(c) && i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1]);
            var afterLower = char.IsAsciiLetterUpper(c) && i > 0 && char.IsAsciiLetterLower(name[i - 1]);
            if (i > 0 && (startsWord || afterLower) && text[^1] != '_')
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
