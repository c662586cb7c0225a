using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using ModelTools.Diagnostics;

namespace ModelTools.Objects;

/// <summary>What can be configured on a class of Keras objects, derived from the record's properties.</summary>
public sealed class ObjectSchema
{
    private static readonly ConcurrentDictionary<Type, ObjectSchema> Known = new();

    private readonly ConstructorInfo _constructor;
    private readonly ParameterInfo[] _parameters;

    private ObjectSchema(Type type)
    {
        Type = type;
        _constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.Instance)
            .Where(constructor => constructor.GetParameters() is not [{ } only] || only.ParameterType != type)
            .MaxBy(constructor => constructor.GetParameters().Length)
            ?? throw new InvalidOperationException($"{type.Name} needs a public constructor.");
        _parameters = _constructor.GetParameters();

        // Initialisers run for the properties outside the constructor; required ones have no default worth reading.
        var sample = (KerasObject)_constructor.Invoke([.. _parameters.Select(SampleOf)]);
        ClassName = sample.ClassName;
        Properties = [.. Ordered(type)
            .Where(property => property.GetCustomAttribute<ConfigIgnoreAttribute>() is null && property.SetMethod is { IsPublic: true })
            .Select(property => new ConfigProperty(property, property.GetValue(sample), IsRequired(property)))];
    }

    /// <summary>The record's type.</summary>
    public Type Type { get; }

    /// <summary>Keras's class name.</summary>
    public string ClassName { get; }

    /// <summary>Properties, the base record's first, in the order of their declaration.</summary>
    public IReadOnlyList<ConfigProperty> Properties { get; }

    /// <summary>Names of the constructor's parameters in order: what a user may pass by position (<c>Dense 256</c>).</summary>
    public IEnumerable<string> Positional => _parameters.Select(parameter => parameter.Name!);

    /// <summary>The schema of a type.</summary>
    public static ObjectSchema For(Type type) => Known.GetOrAdd(type, static key => new ObjectSchema(key));

    /// <summary>Makes an object from property values; missing ones have their defaults.</summary>
    /// <param name="values">Values by property name, of the properties' types.</param>
    /// <exception cref="ModelToolsException">MT3007: a required property is missing.</exception>
    public KerasObject Create(IReadOnlyDictionary<string, object?> values)
    {
        var missing = Properties.FirstOrDefault(property => property.IsRequired && !values.ContainsKey(property.Name));
        if (missing is not null)
        {
            throw new ModelToolsException(ErrorCode.InvalidLayer, $"{ClassName} needs a value for {missing.Name}.");
        }

        var arguments = _parameters.Select(parameter => values.TryGetValue(parameter.Name!, out var value) ? value : parameter.DefaultValue).ToArray();
        var instance = (KerasObject)_constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null);
        foreach (var property in Properties)
        {
            if (values.TryGetValue(property.Name, out var value) && !_parameters.Any(parameter => parameter.Name == property.Name))
            {
                property.Property.SetValue(instance, value, BindingFlags.DoNotWrapExceptions, null, null, null);
            }
        }

        return instance;
    }

    private static object? SampleOf(ParameterInfo parameter) => parameter switch
    {
        { HasDefaultValue: true } => parameter.DefaultValue,
        { ParameterType.IsValueType: true } => Activator.CreateInstance(parameter.ParameterType),
        { ParameterType.IsArray: true } => Array.CreateInstance(parameter.ParameterType.GetElementType()!, 0),
        { ParameterType: var type } when type == typeof(string) => "",
        { ParameterType: var type } when type == typeof(IntegerList) => IntegerList.FromInt32(1),
        { ParameterType: var type } when type == typeof(NumberList) => NumberList.FromDouble(1),
        _ => null,
    };

    private static IEnumerable<PropertyInfo> Ordered(Type type)
    {
        var lineage = new Stack<Type>();
        for (var current = type; current is not null && current != typeof(object); current = current.BaseType)
        {
            lineage.Push(current);
        }

        return lineage.SelectMany(level => level.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .GroupBy(property => property.Name, (_, sameName) => sameName.Last());
    }

    private bool IsRequired(PropertyInfo property) =>
        property.GetCustomAttribute<RequiredMemberAttribute>() is not null
        || _parameters.Any(parameter => parameter.Name == property.Name && !parameter.HasDefaultValue);
}
