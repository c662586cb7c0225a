namespace ModelTools.Configuration.Json;

/// <summary>A JSON value of a Keras configuration. Immutable.</summary>
/// <remarks>
/// Unlike <c>System.Text.Json</c>, the tree knows Python's <c>NaN</c> and <c>Infinity</c> and keeps the order of keys and the spelling
/// of numbers, so that members nobody understands survive being read and written. Equality is by content: the order of keys
/// does not matter, and numbers are equal when their values are (<c>1</c> and <c>1.0</c>, <c>NaN</c> and <c>NaN</c>).
/// </remarks>
public abstract class ConfigValue : IEquatable<ConfigValue>
{
    private protected ConfigValue()
    {
    }

    /// <summary>What kind of value it is, in words for a message: <c>an object</c>, <c>a number</c>.</summary>
    internal abstract string KindName { get; }

    /// <summary>Takes a text apart, without the report on duplicate keys that <see cref="ConfigDocument"/> gives.</summary>
    /// <param name="utf8">The text.</param>
    /// <exception cref="Diagnostics.ModelToolsException">MT1006, MT2004 or MT2007, as <see cref="ConfigDocument.Parse(ReadOnlySpan{byte}, Diagnostics.ModelReadLimits?)"/> throws.</exception>
    public static ConfigValue Parse(ReadOnlySpan<byte> utf8) => ConfigDocument.Parse(utf8).Root;

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    /// <param name="text">The text.</param>
    public static ConfigValue Parse(string text) => ConfigDocument.Parse(text).Root;

    /// <summary>A string, or null.</summary>
    public static implicit operator ConfigValue(string? value) => value is null ? ConfigNull.Value : new ConfigString(value);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static implicit operator ConfigValue(bool value) => ConfigBoolean.Of(value);

    /// <summary>A whole number.</summary>
    public static implicit operator ConfigValue(long value) => ConfigNumber.Of(value);

    /// <summary>A number that Python reads as a float: always with a point, an exponent or a name.</summary>
    public static implicit operator ConfigValue(double value) => ConfigNumber.Of(value);

    /// <summary>The value as text.</summary>
    /// <param name="style">How it is written; Python's <c>json.dumps</c> where none is named.</param>
    public string ToJson(ConfigStyle? style = null) => new ConfigWriter(style ?? ConfigStyle.Python).Write(this);

    /// <summary>The value as UTF-8 (pure ASCII in fact: other characters are escaped, as Python does).</summary>
    /// <param name="style">How it is written; Python's <c>json.dumps</c> where none is named.</param>
    public byte[] ToUtf8(ConfigStyle? style = null) => System.Text.Encoding.ASCII.GetBytes(ToJson(style));

    /// <inheritdoc/>
    public abstract bool Equals(ConfigValue? other);

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as ConfigValue);

    /// <inheritdoc/>
    public abstract override int GetHashCode();

    /// <summary>The value as <see cref="ToJson"/> writes it.</summary>
    public sealed override string ToString() => ToJson();
}
