using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace ModelTools.PowerShell.Tests.Pester;

/// <summary>Equality and emptiness as Pester understands them, and values as text.</summary>
internal static class ShouldOperators
{
    public static object? Base(object? value) => value is PSObject { BaseObject: not PSCustomObject and var inner } ? inner : value;

    public static string Text(object? value) => LanguagePrimitives.ConvertTo<string>(value) ?? "";

    /// <summary>Equal as the operator <c>-eq</c> has it: the type of the left side decides, and NaN is not itself.</summary>
    public static bool Same(object? left, object? right, bool ignoreCase = true) =>
        Base(left) is not (double.NaN or float.NaN) && LanguagePrimitives.Equals(Base(left), Base(right), ignoreCase, CultureInfo.InvariantCulture);

    /// <summary>Order as the operators <c>-lt</c> and <c>-gt</c> have it.</summary>
    public static int Compare(object? left, object? right) => LanguagePrimitives.Compare(Base(left), Base(right), ignoreCase: true, CultureInfo.InvariantCulture);

    /// <summary>Equal element by element; one value equals a collection that holds just it, and nothing equals an empty one.</summary>
    public static bool AreEqual(object? actual, object? expected, bool ignoreCase)
    {
        var left = Elements(actual);
        var right = Elements(expected);
        if (left.Length != right.Length)
        {
            return IsNothing(left) && IsNothing(right);
        }

        if (left.Length == 1 && !IsCollection(left[0]) && !IsCollection(right[0]))
        {
            return Same(right[0], left[0], ignoreCase);
        }

        return left.Zip(right).All(pair => AreEqual(pair.First, pair.Second, ignoreCase));
    }

    public static bool IsNullOrEmpty(object?[] actual) => actual.Length == 0
        || (actual.Length == 1 && Base(actual[0]) switch { null => true, string text => text.Length == 0, ICollection collection => collection.Count == 0, _ => false });

    /// <summary>A type, or its name with or without brackets.</summary>
    public static Type ToType(object value) => Base(value) as Type ?? LanguagePrimitives.ConvertTo<Type>(Text(value) is ['[', .. var name, ']'] ? name : Text(value));

    public static string Show(object? value) => Base(value) switch
    {
        null => "$null",
        string text => $"'{text}'",
        object?[] { Length: 1 } single => Show(single[0]),
        ICollection collection => $"@({string.Join(", ", collection.Cast<object?>().Select(Show))})",
        var other => Text(other),
    };

    private static bool IsNothing(object?[] values) => values is [] or [null];

    private static bool IsCollection(object? value) => Base(value) is ICollection and not IDictionary;

    private static object?[] Elements(object? value) => IsCollection(value) ? [.. ((ICollection)Base(value)!).Cast<object?>()] : [value];
}
