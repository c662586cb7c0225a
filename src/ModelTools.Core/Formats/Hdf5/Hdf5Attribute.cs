using System.Text;
using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5.Storage;
using ModelTools.Formats.Hdf5.Structure;
using ModelTools.Tensors;

namespace ModelTools.Formats.Hdf5;

/// <summary>A small value that belongs to a group or a dataset.</summary>
internal sealed class Hdf5Attribute
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private readonly Hdf5Image _image;
    private readonly Datatype _type;
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly string _location;

    internal Hdf5Attribute(Hdf5Image image, string name, string owner, Datatype type, Shape shape, ReadOnlyMemory<byte> bytes)
    {
        (_image, Name, _type, Shape, _bytes) = (image, name, type, shape, bytes);
        _location = $"{owner}@{name}";
    }

    /// <summary>Name.</summary>
    public string Name { get; }

    /// <summary>Dimensions: none for a single value.</summary>
    public Shape Shape { get; }

    /// <summary>Whether it holds text.</summary>
    public bool IsText => _type.Element == DType.String;

    /// <summary>The value as text.</summary>
    /// <exception cref="ModelToolsException">MT1003: it is not one text, or not UTF-8; MT2004: it is too long.</exception>
    public string Text()
    {
        var texts = Texts();
        return texts.Count == 1 ? texts[0] : throw _image.Corrupt($"The attribute '{_location}' holds {texts.Count} texts where one is expected.", _location);
    }

    /// <summary>The value as a list of texts. Without elements it is an empty list, whatever its type: that is how h5py writes one.</summary>
    /// <exception cref="ModelToolsException">MT1003: it is not text, or not UTF-8; MT2004: it is too long.</exception>
    public IReadOnlyList<string> Texts()
    {
        if (Shape.ElementCount == 0)
        {
            return [];
        }

        if (!IsText)
        {
            throw _image.Corrupt($"The attribute '{_location}' holds {_type.Description} where text is expected.", _location);
        }

        try
        {
            return [.. Strings().Select(Utf8.GetString)];
        }
        catch (DecoderFallbackException error)
        {
            throw _image.Error(ErrorCode.CorruptHdf5, $"The attribute '{_location}' holds text that is not UTF-8.", _location, error);
        }
    }

    /// <summary>The value as a tensor.</summary>
    /// <exception cref="ModelToolsException">MT1003: damaged; MT2004: too large; MT4004: tensors have no such elements.</exception>
    public Tensor Value()
    {
        if (_type.Element is not { } element)
        {
            throw _image.Error(ErrorCode.UnsupportedDType, $"The attribute '{_location}' holds {_type.Description}.", _location);
        }

        if (element == DType.String)
        {
            return new Tensor(element, Shape, new StringData(Strings()));
        }

        var bytes = Bytes().ToArray();
        if (_type.BigEndian)
        {
            ByteOrder.Swap(bytes, element);
        }

        return new Tensor(element, Shape, OwnedData.FromArray(bytes));
    }

    private byte[][] Strings() => StringElements.Read(_image, _type, Bytes().Span, (int)Shape.ElementCount, _location);

    private ReadOnlyMemory<byte> Bytes()
    {
        // Counts are below 2^59 (see Dataspace), and a string may be 2^31 bytes long.
        var needed = (Int128)Shape.ElementCount * _type.Size;
        return needed <= _bytes.Length ? _bytes[..(int)needed]
            : throw _image.Corrupt($"The attribute '{_location}' should hold {needed} bytes but has {_bytes.Length}.", _location);
    }
}
