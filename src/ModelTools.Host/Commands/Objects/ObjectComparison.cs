using System.Management.Automation;

namespace ModelTools.Host.Commands;

/// <summary>Order and equality of objects as PowerShell's operators see them.</summary>
internal sealed class ObjectComparison(bool caseSensitive) : IComparer<object?>
{
    public int Compare(object? x, object? y) =>
        LanguagePrimitives.TryCompare(Base(x), Base(y), !caseSensitive, out var order)
            ? order
            : string.Compare(Base(x)?.ToString(), Base(y)?.ToString(), caseSensitive ? StringComparison.CurrentCulture : StringComparison.CurrentCultureIgnoreCase);

    /// <summary>Whether two objects are the same: by value, or property by property where they are made of properties.</summary>
    public static bool AreSame(PSObject first, PSObject second, bool caseSensitive = true)
    {
        if (first.BaseObject is not PSCustomObject || second.BaseObject is not PSCustomObject)
        {
            return LanguagePrimitives.Equals(first.BaseObject, second.BaseObject, !caseSensitive);
        }

        var left = first.Properties.ToList();
        return left.Count == second.Properties.Count()
            && left.TrueForAll(property => second.Properties[property.Name] is { } other && LanguagePrimitives.Equals(property.Value, other.Value, !caseSensitive));
    }

    private static object? Base(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
