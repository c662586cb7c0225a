using System.Collections;
using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace ModelTools.Host.Commands;

/// <summary>One element of a <c>-Property</c> argument: a name, a pattern, a script block, or a table with a name and an expression.</summary>
internal sealed record PropertyArgument(string Label, PSPropertyExpression Expression, bool? Descending)
{
    public static PropertyArgument[] ParseAll(IEnumerable<object>? arguments) => [.. (arguments ?? []).Select(Parse)];

    public static PropertyArgument Parse(object argument) => Unwrap(argument) switch
    {
        IDictionary table => FromTable(table),
        ScriptBlock block => new(block.ToString(), new PSPropertyExpression(block), null),
        var name => new(name.ToString()!, new PSPropertyExpression(name.ToString()!), null),
    };

    /// <summary>The value for an object: null where it has no such property.</summary>
    public object? ValueOf(PSObject input) => Expression.GetValues(input) is [{ Exception: null } first, ..] ? first.Result : null;

    private static PropertyArgument FromTable(IDictionary table)
    {
        object? expression = null;
        string? label = null;
        bool? descending = null;
        foreach (DictionaryEntry entry in table)
        {
            var key = entry.Key.ToString()!;
            var value = Unwrap(entry.Value!);
            if (Means(key, "expression"))
            {
                expression = value;
            }
            else if (Means(key, "name") || Means(key, "label"))
            {
                label = value.ToString();
            }
            else if (Means(key, "descending"))
            {
                descending = LanguagePrimitives.IsTrue(value);
            }
            else if (Means(key, "ascending"))
            {
                descending = !LanguagePrimitives.IsTrue(value);
            }
            else
            {
                throw new PSArgumentException($"The key '{key}' is not known: use Name, Expression, Ascending or Descending.");
            }
        }

        var inner = Parse(expression ?? throw new PSArgumentException("A calculated property needs an Expression."));
        return inner with { Label = label ?? inner.Label, Descending = descending };
    }

    private static bool Means(string key, string name) => key.Length > 0 && name.StartsWith(key, StringComparison.OrdinalIgnoreCase);

    private static object Unwrap(object value) => value is PSObject { BaseObject: not PSCustomObject and var inner } ? inner : value;
}
