namespace ModelTools.Configuration.Json;

/// <summary>JSON's <c>null</c>, Python's <c>None</c>.</summary>
public sealed class ConfigNull : ConfigValue
{
    private ConfigNull()
    {
    }

    /// <summary>The only one.</summary>
    public static ConfigNull Value { get; } = new();

    internal override string KindName => "null";

    /// <inheritdoc/>
    public override bool Equals(ConfigValue? other) => other is ConfigNull;

    /// <inheritdoc/>
    public override int GetHashCode() => 0;
}
