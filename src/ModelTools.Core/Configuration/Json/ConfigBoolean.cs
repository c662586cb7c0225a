namespace ModelTools.Configuration.Json;

/// <summary>JSON's <c>true</c> or <c>false</c>.</summary>
public sealed class ConfigBoolean : ConfigValue
{
    private ConfigBoolean(bool value) => Value = value;

    /// <summary><c>true</c>.</summary>
    public static ConfigBoolean True { get; } = new(true);

    /// <summary><c>false</c>.</summary>
    public static ConfigBoolean False { get; } = new(false);

    /// <summary>The value.</summary>
    public bool Value { get; }

    internal override string KindName => "a boolean";

    /// <summary>The one of the two that has a value.</summary>
    public static ConfigBoolean Of(bool value) => value ? True : False;

    /// <inheritdoc/>
    public override bool Equals(ConfigValue? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();
}
