using System.Collections.Immutable;

namespace ModelTools.Objects;

/// <summary>Anything that Keras writes as <c>class_name</c> and <c>config</c>: a layer, an initializer, an optimizer, a loss …</summary>
/// <remarks>
/// A subclass is a record whose properties are the configuration. <see cref="ObjectSchema"/> derives the JSON keys, the parameters of
/// <c>New-ModelLayer</c> and the completion from them, so that a layer is described once.
/// </remarks>
public abstract record KerasObject
{
    /// <summary>Keras's class name.</summary>
    [ConfigIgnore]
    public virtual string ClassName => GetType().Name;

    /// <summary>Members of a file's config that this class does not know: key and JSON text. They are written back.</summary>
    [ConfigIgnore]
    public ImmutableSortedDictionary<string, string> UnknownMembers { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The class, and below it each option with its value.</summary>
    public string Describe() => ObjectText.Table(this);

    /// <summary>The object as text, unless the class says it more shortly.</summary>
    private protected virtual string Text => ObjectText.Of(this);

    /// <summary>The class and what differs from the defaults, such as <c>Dense(Units=8, Activation=relu)</c>.</summary>
    public sealed override string ToString() => Text;
}
