namespace ModelTools.Configuration.Json;

/// <summary>A JSON string. May hold half a surrogate pair, as Python's strings may.</summary>
/// <param name="value">The characters.</param>
public sealed class ConfigString(string value) : ConfigValue
{
    /// <summary>The characters.</summary>
    public string Value => value;

    internal override string KindName => "a string";

    /// <inheritdoc/>
    public override bool Equals(ConfigValue? other) => other is ConfigString text && text.Value == Value;

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);
}
