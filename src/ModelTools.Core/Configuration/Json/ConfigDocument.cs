using System.Text;
using ModelTools.Diagnostics;

namespace ModelTools.Configuration.Json;

/// <summary>A JSON text that was read: its value, and what was odd about it.</summary>
/// <param name="Root">The value.</param>
/// <param name="DuplicateKeys">Where an object has a key twice (the last one counts, as in Python), for instance <c>config.layers[2].config.units</c>; the first hundred.</param>
public sealed record ConfigDocument(ConfigValue Root, IReadOnlyList<string> DuplicateKeys)
{
    /// <summary>Takes JSON apart as Python's <c>json.loads</c> does: strict, except that <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> are numbers.</summary>
    /// <param name="utf8">The text, with or without a byte order mark.</param>
    /// <param name="limits">Limits for the length, the depth and the number of values.</param>
    /// <exception cref="ModelToolsException">
    /// MT1006: not JSON, with line and column; MT2004: longer than <see cref="ModelReadLimits.MaximumTextBytes"/>;
    /// MT2007: nested deeper than <see cref="ModelReadLimits.MaximumDepth"/> or more values than <see cref="ModelReadLimits.MaximumObjects"/>.
    /// </exception>
    public static ConfigDocument Parse(ReadOnlySpan<byte> utf8, ModelReadLimits? limits = null)
    {
        var parser = new ConfigParser(utf8, limits ?? ModelReadLimits.Default);
        return parser.Parse();
    }

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte}, ModelReadLimits?)"/>
    /// <param name="text">The text.</param>
    /// <param name="limits">Limits for the length, the depth and the number of values.</param>
    public static ConfigDocument Parse(string text, ModelReadLimits? limits = null) => Parse(Encoding.UTF8.GetBytes(text), limits);
}
