using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace ModelTools.PowerShell.Tests.Pester;

/// <summary>The cases of <c>-ForEach</c>, and names that mention them.</summary>
internal static partial class TestData
{
    /// <summary>The variables of each case: <c>$_</c>, and one for each key of a table. One case without variables where there is no data.</summary>
    public static IEnumerable<PSVariable[]> Cases(object[]? data)
    {
        if (data is null)
        {
            return [[]];
        }

        return data.Select(item =>
        {
            var inner = item is PSObject { BaseObject: IDictionary dictionary } ? dictionary : item as IDictionary;
            var named = inner?.Cast<DictionaryEntry>().Select(entry => new PSVariable(entry.Key.ToString(), entry.Value)) ?? [];
            return named.Prepend(new PSVariable("_", item)).ToArray();
        });
    }

    /// <summary>The name with <c>&lt;name&gt;</c> and <c>&lt;name.property&gt;</c> replaced by values of the case.</summary>
    public static string Expand(string name, PSVariable[] variables) => Placeholder().Replace(name, match =>
    {
        var path = match.Groups[1].Value.Split('.');
        var variable = Array.Find(variables, candidate => string.Equals(candidate.Name, path[0], StringComparison.OrdinalIgnoreCase));
        if (variable is null)
        {
            return match.Value;
        }

        var value = path.Skip(1).Aggregate((object?)variable.Value, (current, property) => current is null ? null : PSObject.AsPSObject(current).Properties[property]?.Value);
        return value is null ? "$null" : LanguagePrimitives.ConvertTo<string>(value)!;
    });

    [GeneratedRegex(@"<([\w.]+)>")]
    private static partial Regex Placeholder();
}
