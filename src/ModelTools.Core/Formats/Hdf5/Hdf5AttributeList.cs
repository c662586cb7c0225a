using System.Text;
using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5.Structure;
using ModelTools.Formats.Hdf5.Writing;
using ModelTools.Tensors;

namespace ModelTools.Formats.Hdf5;

/// <summary>The attributes of an object to be written, in the forms that h5py gives them.</summary>
internal sealed class Hdf5AttributeList(string owner)
{
    private readonly List<NewAttribute> _attributes = [];

    /// <summary>Adds a text: a scalar string of variable length.</summary>
    /// <param name="name">Name of the attribute.</param>
    /// <param name="text">The text, of any length.</param>
    /// <param name="utf8">How it is marked: as UTF-8 (what h5py makes of <c>str</c>) or as ASCII (of <c>bytes</c>). The bytes are UTF-8 either way.</param>
    public void AddText(string name, string text, bool utf8 = false) =>
        Append(new NewAttribute(name, MessageEncoding.HeapString(utf8), Shape.Scalar, [], [Bytes(text)]));

    /// <summary>Adds a list of texts: strings of variable length, or h5py's empty array of float64 for an empty list.</summary>
    public void AddTexts(string name, IReadOnlyList<string> texts) => Append(texts.Count == 0
        ? new NewAttribute(name, MessageEncoding.Datatype(DType.Float64), [0], [], [])
        : new NewAttribute(name, MessageEncoding.HeapString(utf8: false), [texts.Count], [], [.. texts.Select(Bytes)]));

    /// <summary>Adds a list of texts of one length, that of the longest.</summary>
    public void AddFixedTexts(string name, IReadOnlyList<byte[]> texts, int size)
    {
        var value = new byte[checked(texts.Count * size)];
        for (var i = 0; i < texts.Count; i++)
        {
            texts[i].CopyTo(value.AsSpan(i * size));
        }

        Append(new NewAttribute(name, MessageEncoding.FixedString(size), [texts.Count], value, []));
    }

    /// <summary>Adds numbers or texts of any shape.</summary>
    /// <exception cref="ModelToolsException">MT4004: HDF5 has no such elements.</exception>
    public void Add(string name, Tensor value)
    {
        if (value.Data is StringData texts)
        {
            Append(new NewAttribute(name, MessageEncoding.HeapString(utf8: true), value.Shape, [], texts.Elements));
            return;
        }

        var bytes = value.Data.Length <= ushort.MaxValue ? value.Data.Load()
            : throw new ModelToolsException(ErrorCode.UnsupportedConversion, $"The attribute '{name}' of '{owner}' takes {value.Data.Length} bytes; HDF5 allows less than {ushort.MaxValue}.") { Location = owner };
        Append(new NewAttribute(name, MessageEncoding.Datatype(value.DType), value.Shape, bytes.Span(0, (int)bytes.Length).ToArray(), []));
    }

    /// <summary>Adds the messages to an object's header.</summary>
    /// <exception cref="ModelToolsException">MT4003: an attribute is larger than HDF5 allows.</exception>
    internal void Write(ObjectHeaderWriter header, GlobalHeapWriter heap)
    {
        foreach (var attribute in _attributes)
        {
            var value = attribute.Texts.Count > 0 ? heap.Add(attribute.Texts) : attribute.Value;
            header.Add(MessageType.Attribute, MessageEncoding.Attribute(Bytes(attribute.Name), attribute.Type, MessageEncoding.Dataspace(attribute.Shape), value), name: attribute.Name);
        }
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private void Append(NewAttribute attribute)
    {
        if (attribute.Name.Contains('\0', StringComparison.Ordinal) || Encoding.UTF8.GetByteCount(attribute.Name) >= ushort.MaxValue)
        {
            throw new ModelToolsException(ErrorCode.UnsupportedConversion, $"'{owner}' has an attribute whose name HDF5 cannot hold.") { Location = owner };
        }

        if (_attributes.Exists(known => known.Name == attribute.Name))
        {
            throw new ModelToolsException(ErrorCode.UnsupportedConversion, $"'{owner}' has two attributes with the name '{attribute.Name}'.") { Location = owner };
        }

        _attributes.Add(attribute);
    }

    /// <param name="Name">Name.</param>
    /// <param name="Type">The datatype message.</param>
    /// <param name="Shape">Dimensions.</param>
    /// <param name="Value">The bytes, unless they are pointers to texts.</param>
    /// <param name="Texts">Texts for the global heap.</param>
    private sealed record NewAttribute(string Name, byte[] Type, Shape Shape, byte[] Value, IReadOnlyList<byte[]> Texts);
}
