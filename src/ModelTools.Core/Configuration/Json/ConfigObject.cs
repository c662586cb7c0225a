using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ModelTools.Configuration.Json;

/// <summary>A JSON object: members in their order, each key once. Keys are told apart by case.</summary>
/// <remarks>Written in code as <c>ConfigObject config = [new("units", 10), new("name", "dense")];</c>.</remarks>
[SuppressMessage("Naming", "CA1710", Justification = "What JSON calls an object.")]
[CollectionBuilder(typeof(ConfigObject), nameof(Create))]
public sealed class ConfigObject : ConfigValue, IReadOnlyDictionary<string, ConfigValue>
{
    // Below this number of members, looking at each key is faster than hashing.
    private const int SmallCount = 8;

    private readonly KeyValuePair<string, ConfigValue>[] _members;
    private Dictionary<string, int>? _index;

    private ConfigObject(KeyValuePair<string, ConfigValue>[] members) => _members = members;

    /// <summary>The object without members.</summary>
    public static ConfigObject Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _members.Length;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _members.Select(member => member.Key);

    /// <inheritdoc/>
    public IEnumerable<ConfigValue> Values => _members.Select(member => member.Value);

    internal override string KindName => "an object";

    /// <summary>The value of a member.</summary>
    /// <exception cref="KeyNotFoundException">There is no such member; use <see cref="TryGetValue"/> or <see cref="Find"/> where that can be.</exception>
    public ConfigValue this[string key] => Find(key) ?? throw new KeyNotFoundException($"There is no member '{key}'.");

    /// <summary>Makes an object of some members; of several with one key the last counts, at the place of the first.</summary>
    public static ConfigObject Create(params ReadOnlySpan<KeyValuePair<string, ConfigValue>> members)
    {
        var unique = new List<KeyValuePair<string, ConfigValue>>(members.Length);
        var places = new Dictionary<string, int>(members.Length, StringComparer.Ordinal);
        foreach (var member in members)
        {
            if (places.TryAdd(member.Key, unique.Count))
            {
                unique.Add(member);
            }
            else
            {
                unique[places[member.Key]] = member;
            }
        }

        return Adopt([.. unique]);
    }

    /// <inheritdoc cref="Create(ReadOnlySpan{KeyValuePair{string, ConfigValue}})"/>
    public static ConfigObject Create(IEnumerable<KeyValuePair<string, ConfigValue>> members) => Create([.. members]);

    /// <summary>The value of a member, or null where there is no such member (a member that is <c>null</c> gives <see cref="ConfigNull"/>).</summary>
    public ConfigValue? Find(string key) => IndexOf(key) is >= 0 and var place ? _members[place].Value : null;

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out ConfigValue value)
    {
        value = Find(key);
        return value is not null;
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => IndexOf(key) >= 0;

    /// <summary>The same object with one member changed at its place, or added at the end.</summary>
    public ConfigObject With(string key, ConfigValue value)
    {
        KeyValuePair<string, ConfigValue> member = new(key, value);
        if (IndexOf(key) is >= 0 and var place)
        {
            KeyValuePair<string, ConfigValue>[] changed = [.. _members];
            changed[place] = member;
            return new ConfigObject(changed);
        }

        return new ConfigObject([.. _members, member]);
    }

    /// <summary>The same object without some members.</summary>
    public ConfigObject Without(params ReadOnlySpan<string> keys)
    {
        var kept = new List<KeyValuePair<string, ConfigValue>>(_members.Length);
        foreach (var member in _members)
        {
            if (!keys.Contains(member.Key))
            {
                kept.Add(member);
            }
        }

        return kept.Count == _members.Length ? this : Adopt([.. kept]);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, ConfigValue>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, ConfigValue>>)_members).GetEnumerator();

    /// <inheritdoc/>
    public override bool Equals(ConfigValue? other) =>
        other is ConfigObject config && config.Count == Count && _members.All(member => member.Value.Equals(config.Find(member.Key)));

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = Count;
        foreach (var member in _members)
        {
            hash ^= HashCode.Combine(member.Key, member.Value);
        }

        return hash;
    }

    IEnumerator IEnumerable.GetEnumerator() => _members.GetEnumerator();

    /// <summary>Uses the members as they are, whose keys differ; the caller gives them up.</summary>
    internal static ConfigObject Adopt(KeyValuePair<string, ConfigValue>[] members) => members.Length == 0 ? Empty : new(members);

    private int IndexOf(string key)
    {
        if (_members.Length <= SmallCount)
        {
            return Array.FindIndex(_members, member => member.Key == key);
        }

        if (_index is not { } index)
        {
            index = new Dictionary<string, int>(_members.Length, StringComparer.Ordinal);
            for (var i = 0; i < _members.Length; i++)
            {
                index.Add(_members[i].Key, i);
            }

            _index = index;
        }

        return index.GetValueOrDefault(key, -1);
    }
}
