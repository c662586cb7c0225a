using System.Collections;
using System.Management.Automation;
using ModelTools.Tensors;

namespace ModelTools.Parameters;

/// <summary>Lets PowerShell take numbers where a shape is wanted: <c>$tensor.Reshape((60, 784))</c>; null is an open dimension.</summary>
public sealed class ShapeConverter : PSTypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) =>
        Items(sourceValue).All(extent => extent is null || LanguagePrimitives.TryConvertTo<long>(extent, out _));

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        Shape.Create([.. Items(sourceValue).Select(extent => extent is null ? Shape.Unknown : LanguagePrimitives.ConvertTo<long>(extent))]);

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new PSInvalidCastException($"A shape is no {destinationType.Name}.");

    private static IEnumerable<object?> Items(object? value) => value switch
    {
        PSObject { BaseObject: var inner } when inner is not PSCustomObject => Items(inner),
        IEnumerable items and not string => items.Cast<object?>(),
        _ => [value],
    };
}
