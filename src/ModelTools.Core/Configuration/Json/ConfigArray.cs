using System.Collections;
using System.Runtime.CompilerServices;

namespace ModelTools.Configuration.Json;

/// <summary>A JSON array.</summary>
[CollectionBuilder(typeof(ConfigArray), nameof(Create))]
public sealed class ConfigArray : ConfigValue, IReadOnlyList<ConfigValue>
{
    private readonly ConfigValue[] _items;

    private ConfigArray(ConfigValue[] items) => _items = items;

    /// <summary>The array without items.</summary>
    public static ConfigArray Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _items.Length;

    internal override string KindName => "an array";

    /// <inheritdoc/>
    public ConfigValue this[int index] => _items[index];

    /// <summary>Makes an array of some items (copied).</summary>
    public static ConfigArray Create(params ReadOnlySpan<ConfigValue> items) => items.IsEmpty ? Empty : new(items.ToArray());

    /// <summary>Makes an array of some items (copied).</summary>
    public static ConfigArray Create(IEnumerable<ConfigValue> items) => Adopt([.. items]);

    /// <inheritdoc/>
    public IEnumerator<ConfigValue> GetEnumerator() => ((IEnumerable<ConfigValue>)_items).GetEnumerator();

    /// <inheritdoc/>
    public override bool Equals(ConfigValue? other) => other is ConfigArray array && _items.AsSpan().SequenceEqual(array._items);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var item in _items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    /// <summary>Uses the items as they are; the caller gives them up.</summary>
    internal static ConfigArray Adopt(ConfigValue[] items) => items.Length == 0 ? Empty : new(items);
}
