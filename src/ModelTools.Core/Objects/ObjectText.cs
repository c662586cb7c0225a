using System.Collections;
using System.Globalization;

namespace ModelTools.Objects;

/// <summary>Objects as short text: the class and what differs from the defaults, as <c>GlorotUniform(Seed=1)</c>.</summary>
internal static class ObjectText
{
    /// <summary>The text with the names of the properties.</summary>
    public static string Of(KerasObject value) => Of(value, property => property.Name, ValueText);

    /// <summary>The text.</summary>
    /// <param name="value">The object.</param>
    /// <param name="name">What a property is called.</param>
    /// <param name="text">How its value is written.</param>
    public static string Of(KerasObject value, Func<ConfigProperty, string> name, Func<object?, string> text)
    {
        var options = PropertiesOf(value).Where(property => property.Name != "Name" && property.IsSetOn(value)).Select(property => $"{name(property)}={text(property.Get(value))}");
        return string.Join(", ", options) is { Length: > 0 } list ? $"{value.ClassName}({list})" : value.ClassName;
    }

    /// <summary>The class, and below it each option with its value.</summary>
    public static string Table(KerasObject value)
    {
        var properties = PropertiesOf(value);
        var width = properties.Select(property => property.Name.Length).DefaultIfEmpty().Max();
        return string.Join(Environment.NewLine, properties.Select(property => $"  {property.Name.PadRight(width)} : {(property.Get(value) is { } option ? ValueText(option) : "")}").Prepend(value.ClassName));
    }

    /// <summary>A value as text, the same under every culture.</summary>
    public static string ValueText(object? value) => value switch
    {
        null => "null",
        string text => text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable list when value.GetType().IsArray || value.GetType().IsGenericType => $"[{string.Join(", ", list.Cast<object?>().Select(ValueText))}]",
        _ => value.ToString() ?? "",
    };

    // Objects of unknown classes have no options of their own: what a file said of them is one text.
    private static IReadOnlyList<ConfigProperty> PropertiesOf(KerasObject value) =>
        value.GetType().IsDefined(typeof(NotInRegistryAttribute), inherit: false) ? [] : ObjectSchema.For(value.GetType()).Properties;
}
