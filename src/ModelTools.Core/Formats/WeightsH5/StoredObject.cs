using ModelTools.Formats.Hdf5;

namespace ModelTools.Formats.WeightsH5;

/// <summary>An object in a weights file: a model, a layer, a part of one, or a list of them.</summary>
/// <param name="path">Path from the root, with '/' between the names whatever the file has; empty for the root.</param>
internal sealed class StoredObject(string path)
{
    private readonly SortedDictionary<string, StoredObject> _children = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, Hdf5Dataset> _variables = [];

    /// <summary>Path from the root.</summary>
    public string Path => path;

    /// <summary>The object's own name (<c>dense_3</c>), where the file says it.</summary>
    public string? Name { get; set; }

    /// <summary>Its variables, in the order of their numbers.</summary>
    public IReadOnlyList<Hdf5Dataset> Variables => [.. _variables.Values];

    /// <summary>The objects inside, by the names of their attributes.</summary>
    public IReadOnlyDictionary<string, StoredObject> Children => _children;

    /// <summary>All variables in it and below it, its own first.</summary>
    public IEnumerable<Hdf5Dataset> All => _variables.Values.Concat(_children.Values.SelectMany(child => child.All));

    /// <summary>True if it or something below it has a variable.</summary>
    public bool HasVariables => _variables.Count > 0 || _children.Values.Any(child => child.HasVariables);

    /// <summary>The object inside, or null.</summary>
    public StoredObject? Child(string name) => _children.GetValueOrDefault(name);

    /// <summary>The object inside, made where it is missing.</summary>
    public StoredObject Make(string name)
    {
        if (!_children.TryGetValue(name, out var child))
        {
            _children[name] = child = new StoredObject($"{path}/{name}");
        }

        return child;
    }

    /// <summary>Adds a variable; false if there is one of that number.</summary>
    public bool Add(int number, Hdf5Dataset dataset) => _variables.TryAdd(number, dataset);
}
