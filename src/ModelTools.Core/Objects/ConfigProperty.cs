using System.Reflection;

namespace ModelTools.Objects;

/// <summary>One configurable property of a <see cref="KerasObject"/>.</summary>
public sealed class ConfigProperty
{
    private static readonly NullabilityInfoContext Nullability = new();

    internal ConfigProperty(PropertyInfo property, object? defaultValue, bool isRequired)
    {
        Property = property;
        Default = defaultValue;
        IsRequired = isRequired;
        var names = property.GetCustomAttribute<ConfigKeyAttribute>();
        Key = names?.Key ?? SnakeCase.Of(property.Name);
        Keras2Key = names?.Keras2 ?? Key;
        Aliases = names?.Aliases ?? [];
        var write = property.GetCustomAttribute<ConfigWriteAttribute>() ?? new ConfigWriteAttribute();
        WriteKeras2 = write.Keras2;
        WriteKeras3 = write.Keras3;
        OnlyIfSet = write.OnlyIfSet;
        var absent = property.GetCustomAttribute<AbsentMeansAttribute>();
        AbsentValue = absent is null ? defaultValue : absent.Value;
        lock (Nullability)
        {
            IsNullable = Nullable.GetUnderlyingType(property.PropertyType) is not null
                || (!property.PropertyType.IsValueType && Nullability.Create(property).ReadState is NullabilityState.Nullable);
        }
    }

    /// <summary>The property itself.</summary>
    public PropertyInfo Property { get; }

    /// <summary>Name of the property and of the PowerShell parameter.</summary>
    public string Name => Property.Name;

    /// <summary>Its type.</summary>
    public Type Type => Property.PropertyType;

    /// <summary>JSON key in Keras 3.</summary>
    public string Key { get; }

    /// <summary>JSON key in Keras 2.</summary>
    public string Keras2Key { get; }

    /// <summary>Other keys that are read.</summary>
    public IReadOnlyList<string> Aliases { get; }

    /// <summary>The value of a new object.</summary>
    public object? Default { get; }

    /// <summary>The value that a missing key stands for.</summary>
    public object? AbsentValue { get; }

    /// <summary>True if an object cannot be made without it.</summary>
    public bool IsRequired { get; }

    /// <summary>True if null is a legal value.</summary>
    public bool IsNullable { get; }

    /// <summary>Written into Keras 2 configs.</summary>
    public bool WriteKeras2 { get; }

    /// <summary>Written into Keras 3 configs.</summary>
    public bool WriteKeras3 { get; }

    /// <summary>Written only when it differs from <see cref="Default"/>.</summary>
    public bool OnlyIfSet { get; }

    /// <summary>The key in a dialect.</summary>
    public string KeyIn(KerasDialect dialect) => dialect is KerasDialect.Keras2 ? Keras2Key : Key;

    /// <summary>Reads the property of an object.</summary>
    public object? Get(KerasObject instance) => Property.GetValue(instance);

    /// <summary>True if an object's value is one that somebody chose: it has no default, or differs from it.</summary>
    public bool IsSetOn(KerasObject instance) => IsRequired || !Equals(Get(instance), Default);
}
