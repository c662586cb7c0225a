using System.Collections.ObjectModel;
using System.Management.Automation;
using ModelTools.Completion;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Objects;

namespace ModelTools.Parameters;

/// <summary>The parameters that a class of Keras objects brings along, derived from its schema.</summary>
internal static class ObjectParameters
{
    /// <summary>Makes the parameters of a class.</summary>
    /// <param name="schema">The class.</param>
    /// <param name="firstPosition">Position of the first one that may be given without its name.</param>
    public static RuntimeDefinedParameterDictionary For(ObjectSchema schema, int firstPosition)
    {
        var positional = schema.Positional.ToList();
        var parameters = new RuntimeDefinedParameterDictionary();
        foreach (var property in schema.Properties.Where(property => !IsFixed(property)))
        {
            var attribute = new ParameterAttribute { Mandatory = property.IsRequired };
            if (positional.IndexOf(property.Name) is >= 0 and var index)
            {
                attribute.Position = firstPosition + index;
            }

            var attributes = new Collection<Attribute> { attribute };
            if (ValueCompleter.For(property) is { } completer)
            {
                attributes.Add(new ArgumentCompleterAttribute(completer));
            }

            var name = NameOf(property);
            parameters.Add(name, new RuntimeDefinedParameter(name, TypeOf(property), attributes));
        }

        return parameters;
    }

    /// <summary>Takes whatever is given to a class that is not known, so that its name can be refused and not the first value.</summary>
    public static RuntimeDefinedParameterDictionary ForUnknown() => new()
    {
        ["Argument"] = new RuntimeDefinedParameter("Argument", typeof(object[]), [new ParameterAttribute { ValueFromRemainingArguments = true, DontShow = true }]),
    };

    /// <summary>The values that were given, by property name.</summary>
    public static Dictionary<string, object?> Given(ObjectSchema schema, IReadOnlyDictionary<string, object> bound)
    {
        var values = new Dictionary<string, object?>();
        foreach (var property in schema.Properties)
        {
            if (bound.TryGetValue(NameOf(property), out var value))
            {
                values.Add(property.Name, LayerOf(property, ShapeOf(property, Plain(value))));
            }
        }

        return values;
    }

    // Shapes are given without the batch axis: -InputShape 28, 28 and -Shape 784.
    private static string NameOf(ConfigProperty property) => property.Name switch
    {
        "BatchInputShape" => "InputShape",
        "BatchShape" => "Shape",
        _ => property.Name,
    };

    private static object? ShapeOf(ConfigProperty property, object? value)
    {
        if (property.Name is not ("BatchInputShape" or "BatchShape") || value is null or Tensors.Shape)
        {
            return value;
        }

        return Tensors.Shape.Create([Tensors.Shape.Unknown, .. LanguagePrimitives.ConvertTo<Tensors.Shape>(value)]);
    }

    // Layers inside of others (wrappers, cells, activations) are given as New-ModelLayer makes them; the option holds what they are.
    private static object? LayerOf(ConfigProperty property, object? value) => value switch
    {
        ModelLayer or Model when property.Type == typeof(Layer) => LayerArgument.From(value)!.Layer,
        ModelLayer layer when property.Type == typeof(ActivationFunction) => new LayerActivation(layer.Layer),
        ModelLayer when property.Type == typeof(IReadOnlyList<Layer>) => LayerOf(property, new[] { value }),
        object?[] items when property.Type == typeof(IReadOnlyList<Layer>) => Array.ConvertAll(items, item => LayerArgument.From(item)!.Layer),
        _ => value,
    };

    private static Type TypeOf(ConfigProperty property) =>
        property.Type == typeof(bool) ? (property.Default is true ? typeof(bool) : typeof(SwitchParameter))
        : property.Type == typeof(int) || property.Type == typeof(double) || property.Type == typeof(string) ? property.Type
        : typeof(object);

    // A name is given to the class itself; what a file keeps is no parameter.
    private static bool IsFixed(ConfigProperty property) => property.Type == typeof(Objects.KerasDialect);

    private static object? Plain(object? value) => value switch
    {
        PSObject { BaseObject: var inner } when inner is not PSCustomObject => Plain(inner),
        SwitchParameter flag => flag.IsPresent,
        object[] array => Array.ConvertAll(array, Plain),
        _ => value,
    };
}
