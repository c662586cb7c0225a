namespace ModelTools.Configuration.Json;

/// <summary>How JSON is laid out. Characters outside ASCII are escaped in every style.</summary>
/// <param name="ItemSeparator">Between items and between members.</param>
/// <param name="KeySeparator">Between a key and its value.</param>
/// <param name="Indent">Blanks per level where each item has its own line; 0 for one line.</param>
public sealed record ConfigStyle(string ItemSeparator, string KeySeparator, int Indent = 0)
{
    /// <summary>As Python's <c>json.dumps(value)</c> writes: the style of Keras.</summary>
    public static ConfigStyle Python { get; } = new(", ", ": ");

    /// <summary>Without any blank.</summary>
    public static ConfigStyle Compact { get; } = new(",", ":");

    /// <summary>As Python's <c>json.dumps(value, indent=4)</c> writes: the style of Keras's index of sharded weights.</summary>
    public static ConfigStyle Indented { get; } = new(",", ": ", 4);
}
