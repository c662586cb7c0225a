using System.Reflection;
using ModelTools.Objects;

namespace ModelTools.Configuration;

/// <summary>Keras's spelling of enumeration members: snake case, unless the member says otherwise.</summary>
internal static class ConfigWords
{
    /// <summary>The word for a member.</summary>
    public static string Of(Type type, object value)
    {
        var name = Enum.GetName(type, value)!;
        return Spelling(type, name)?.Text ?? SnakeCase.Of(name);
    }

    /// <summary>The member for a word in any case, or null.</summary>
    public static object? Find(Type type, string word) =>
        Enum.GetValues(type).Cast<object>().FirstOrDefault(value =>
            string.Equals(Of(type, value), word, StringComparison.OrdinalIgnoreCase) || Spelling(type, value.ToString()!)?.Aliases.Contains(word) is true);

    /// <summary>All words, for a message.</summary>
    public static string List(Type type) => string.Join(", ", Enum.GetValues(type).Cast<object>().Select(value => $"\"{Of(type, value)}\""));

    private static ConfigTextAttribute? Spelling(Type type, string member) => type.GetField(member)!.GetCustomAttribute<ConfigTextAttribute>();
}
