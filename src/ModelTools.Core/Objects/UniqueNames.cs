using System.Globalization;

namespace ModelTools.Objects;

/// <summary>Gives each name once: a number is added to one that is there already. Takes no longer for a name that is there a thousand times.</summary>
/// <param name="first">The number that the second of equal names gets.</param>
internal sealed class UniqueNames(int first)
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _next = new(StringComparer.Ordinal);

    /// <summary>Takes a name, as <c>name_1</c> where it is taken.</summary>
    public string Take(string name)
    {
        var unique = name;
        while (!_taken.Add(unique))
        {
            var number = _next.GetValueOrDefault(name, first);
            _next[name] = number + 1;
            unique = $"{name}_{number.ToString(CultureInfo.InvariantCulture)}";
        }

        return unique;
    }
}
