namespace ModelTools.Objects;

/// <summary>Which generation of Keras a file or a key belongs to.</summary>
public enum KerasDialect
{
    /// <summary>Keras 2: tf.keras up to 2.15, tf_keras, multi-backend Keras 2.</summary>
    Keras2,

    /// <summary>Keras 3.</summary>
    Keras3,
}

/// <summary>Gives a property another JSON key than its name in snake case.</summary>
/// <param name="key">The key in both dialects.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConfigKeyAttribute(string key) : Attribute
{
    /// <summary>The key, also in Keras 2 unless <see cref="Keras2"/> says otherwise.</summary>
    public string Key => key;

    /// <summary>The key in Keras 2, where it differs.</summary>
    public string? Keras2 { get; init; }

    /// <summary>Other keys that are read (older Keras).</summary>
    public string[] Aliases { get; init; } = [];
}

/// <summary>The property is written in one dialect only, or in Keras 3 only when it differs from its default (newer keys break older readers).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConfigWriteAttribute : Attribute
{
    /// <summary>Written for Keras 2.</summary>
    public bool Keras2 { get; init; } = true;

    /// <summary>Written for Keras 3.</summary>
    public bool Keras3 { get; init; } = true;

    /// <summary>Left out where it has its default value.</summary>
    public bool OnlyIfSet { get; init; }
}

/// <summary>An open extent of the property's shape is -1 in the configuration; elsewhere it is null.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConfigOpenExtentAttribute : Attribute;

/// <summary>The property is no part of the configuration.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConfigIgnoreAttribute : Attribute;

/// <summary>What a key that is missing in a file means, where that is not the default for new objects (keras.md §11.9).</summary>
/// <param name="value">The value of an absent key.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AbsentMeansAttribute(object? value) : Attribute
{
    /// <summary>The value.</summary>
    public object? Value => value;
}

/// <summary>Gives a member of an enumeration another text in files than its name in snake case.</summary>
/// <param name="text">The text that is written.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ConfigTextAttribute(string text) : Attribute
{
    /// <summary>The text that is written.</summary>
    public string Text => text;

    /// <summary>Other texts that are read.</summary>
    public string[] Aliases { get; init; } = [];
}

/// <summary>Other class names under which files and users know an object.</summary>
/// <param name="names">For instance <c>OrthogonalInitializer</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ObjectAliasAttribute(params string[] names) : Attribute
{
    /// <summary>The names.</summary>
    public IReadOnlyList<string> Names => names;
}

/// <summary>The class stands for something that is not made from its name alone (an unknown layer, a nested model).</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NotInRegistryAttribute : Attribute;
