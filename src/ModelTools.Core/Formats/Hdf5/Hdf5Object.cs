using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5.Structure;

namespace ModelTools.Formats.Hdf5;

/// <summary>A group, a dataset or a named type.</summary>
internal class Hdf5Object
{
    private SortedDictionary<string, Hdf5Attribute>? _attributes;

    internal Hdf5Object(Hdf5Image image, ObjectHeader header, string path)
    {
        (Image, Header, Path) = (image, header, path);
    }

    /// <summary>Path from the root, such as <c>/layers/dense/vars/0</c>.</summary>
    public string Path { get; }

    /// <summary>Last part of the path.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The attributes by name, in the order of their names.</summary>
    /// <exception cref="ModelToolsException">MT1002, MT1003, MT1009: damaged.</exception>
    public IReadOnlyDictionary<string, Hdf5Attribute> Attributes => _attributes ??= AttributeTable.Read(Image, Header, Path);

    internal Hdf5Image Image { get; }

    internal ObjectHeader Header { get; }

    /// <summary>The text of an attribute, or null where there is none.</summary>
    /// <exception cref="ModelToolsException">As for <see cref="Hdf5Attribute.Text"/>.</exception>
    public string? Text(string attribute) => Attributes.TryGetValue(attribute, out var found) ? found.Text() : null;

    /// <summary>The texts of an attribute, or null where there is none.</summary>
    /// <exception cref="ModelToolsException">As for <see cref="Hdf5Attribute.Texts"/>.</exception>
    public IReadOnlyList<string>? Texts(string attribute) => Attributes.TryGetValue(attribute, out var found) ? found.Texts() : null;

    internal static Hdf5Object Read(Hdf5Image image, long address, string path, Hdf5Group? parent)
    {
        var header = ObjectHeader.Read(image, address);
        return LinkTable.IsGroup(header) ? new Hdf5Group(image, header, path, parent)
            : header.Has(MessageType.Layout) ? new Hdf5Dataset(image, header, path)
            : header.Has(MessageType.Datatype) ? new Hdf5Object(image, header, path)
            : throw image.Corrupt($"'{path}' is neither a group nor a dataset.", path);
    }
}
