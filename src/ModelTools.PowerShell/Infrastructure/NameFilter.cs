using System.Management.Automation;
using ModelTools.Diagnostics;

namespace ModelTools.Infrastructure;

/// <summary>Selects things by a name or wildcard, as PowerShell does: a plain name that is not there is an error, a pattern that finds nothing is not.</summary>
internal static class NameFilter
{
    /// <summary>The items whose name matches.</summary>
    /// <exception cref="ModelToolsException">MT6006: a plain name that is not there, with the nearest ones.</exception>
    public static IReadOnlyList<T> Select<T>(IEnumerable<T> items, string pattern, Func<T, string> nameOf, string what)
    {
        var all = items.ToList();
        var wildcard = new WildcardPattern(pattern, WildcardOptions.IgnoreCase);
        var found = all.Where(item => wildcard.IsMatch(nameOf(item)) || nameOf(item) == pattern).ToList();
        if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(pattern))
        {
            throw new ModelToolsException(ErrorCode.UnknownName, $"There is no {what} named '{pattern}'. There are {string.Join(", ", all.Take(10).Select(nameOf))}{(all.Count > 10 ? " …" : "")}.") { Location = pattern };
        }

        return found;
    }
}
