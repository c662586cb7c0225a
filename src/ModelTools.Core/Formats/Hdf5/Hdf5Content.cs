using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats.Hdf5;

/// <summary>Something to be written: a group or a dataset, with its attributes.</summary>
/// <param name="path">Path from the root.</param>
internal abstract class Hdf5Content(string path)
{
    /// <summary>Path from the root, such as <c>/layers/dense/vars/0</c>.</summary>
    public string Path => path;

    /// <summary>The attributes, written in the order in which they are added.</summary>
    public Hdf5AttributeList Attributes { get; } = new(path);
}

/// <summary>A dataset to be written.</summary>
internal sealed class Hdf5DatasetContent : Hdf5Content
{
    internal Hdf5DatasetContent(string path, Tensor tensor)
        : base(path)
    {
        Tensor = tensor;
    }

    /// <summary>Type, shape and data; the data is read when the file is written.</summary>
    public Tensor Tensor { get; }
}

/// <summary>A group to be written. The whole file is described first and written then, see <see cref="Hdf5Writer"/>.</summary>
internal sealed class Hdf5GroupContent : Hdf5Content
{
    private readonly Dictionary<string, Hdf5Content> _children = [];
    private readonly List<KeyValuePair<string, Hdf5Content>> _order = [];

    /// <summary>Makes the root of a file.</summary>
    public Hdf5GroupContent()
        : this("/")
    {
    }

    private Hdf5GroupContent(string path)
        : base(path)
    {
    }

    /// <summary>What the group holds, in the order in which it was added.</summary>
    public IReadOnlyList<KeyValuePair<string, Hdf5Content>> Children => _order;

    /// <summary>The group at a path below this one; it and those on the way are made where they are missing.</summary>
    /// <param name="path">Names separated by '/'.</param>
    /// <exception cref="ModelToolsException">MT4003: a dataset is in the way, or a name cannot be written.</exception>
    public Hdf5GroupContent Group(string path)
    {
        var group = this;
        foreach (var name in Split(path))
        {
            group = group._children.GetValueOrDefault(name) switch
            {
                Hdf5GroupContent known => known,
                null => group.Append(name, new Hdf5GroupContent(group.Below(name))),
                _ => throw Refuse($"'{group.Below(name)}' is to be both a group and a dataset.", group.Below(name)),
            };
        }

        return group;
    }

    /// <summary>Adds a dataset.</summary>
    /// <param name="path">Names separated by '/'; groups on the way are made where they are missing.</param>
    /// <param name="tensor">Type, shape and data. Strings become strings of variable length; bfloat16 is marked as Keras does.</param>
    /// <exception cref="ModelToolsException">MT4003: the name is taken or cannot be written.</exception>
    public Hdf5DatasetContent Add(string path, Tensor tensor)
    {
        var names = Split(path);
        var group = Group(string.Join('/', names[..^1]));
        var full = group.Below(names[^1]);
        if (group._children.ContainsKey(names[^1]))
        {
            throw Refuse($"There are two objects with the name '{full}'.", full);
        }

        var dataset = group.Append(names[^1], new Hdf5DatasetContent(full, tensor));
        if (tensor.DType == DType.BFloat16)
        {
            dataset.Attributes.AddText("dtype", DType.BFloat16.Name(), utf8: true);
        }

        return dataset;
    }

    private static string[] Split(string path)
    {
        var names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var bad = Array.Find(names, name => name == "." || name.Contains('\0', StringComparison.Ordinal));
        return bad is null ? names : throw Refuse($"HDF5 cannot hold the name '{bad.Replace("\0", "\\0", StringComparison.Ordinal)}' (in '{path}').", path);
    }

    private static ModelToolsException Refuse(string message, string location) => new(ErrorCode.UnsupportedConversion, message) { Location = location };

    private string Below(string name) => Path.TrimEnd('/') + "/" + name;

    private T Append<T>(string name, T child)
        where T : Hdf5Content
    {
        _children.Add(name, child);
        _order.Add(new(name, child));
        return child;
    }
}
