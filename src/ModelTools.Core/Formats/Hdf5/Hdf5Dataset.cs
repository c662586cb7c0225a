using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5.Storage;
using ModelTools.Formats.Hdf5.Structure;
using ModelTools.Tensors;

namespace ModelTools.Formats.Hdf5;

/// <summary>An array in a file.</summary>
internal sealed class Hdf5Dataset : Hdf5Object
{
    private readonly Datatype _type;
    private readonly Dataspace _space;
    private Tensor? _tensor;

    internal Hdf5Dataset(Hdf5Image image, ObjectHeader header, string path)
        : base(image, header, path)
    {
        if (header.Find(MessageType.Datatype) is not { } type || header.Find(MessageType.Dataspace) is not { } space)
        {
            throw image.Corrupt($"The dataset '{path}' has no type or no shape.", path);
        }

        _type = Datatype.Read(image, type.Span);
        _space = Dataspace.Read(image, space.Span);

        // Keras 3 names the type in its weights files; its legacy files, and all of Keras 2, leave two bytes without a name.
        if (_type.IsOpaque && _type.Size == 2 && Text("dtype") is null or "bfloat16")
        {
            _type = new Datatype(2, DType.BFloat16.Name()) { Element = DType.BFloat16 };
        }
    }

    /// <summary>Dimensions.</summary>
    public Shape Shape => _space.Shape;

    /// <summary>Element type, or null where tensors have no such elements.</summary>
    public DType? ElementType => _type.Element;

    /// <summary>Element type in words, whatever it is.</summary>
    public string TypeDescription => _type.Description;

    /// <summary>Why the data cannot be read, as far as can be told without reading it; null where all is well.</summary>
    public ModelToolsException? Problem
    {
        get
        {
            try
            {
                Read();
                return null;
            }
            catch (ModelToolsException error)
            {
                return error;
            }
        }
    }

    /// <summary>The data as a tensor. Where it lies in one piece its bytes stay in the file; else they are put together when first asked for.</summary>
    /// <exception cref="ModelToolsException">
    /// MT2002: in another file; MT2003: virtual; MT2004: declares far more than is stored; MT4004: tensors have no such elements; MT4005: an unknown
    /// filter; MT1002, MT1003, MT1009: damaged. Damage inside of chunks shows when the data is read.
    /// </exception>
    public Tensor Read() => _tensor ??= new Tensor(
        _type.Element ?? throw Image.Error(ErrorCode.UnsupportedDType, $"'{Path}' holds elements of the type {_type.Description}.", Path),
        Shape,
        ReadData(_type.Element.Value));

    private TensorData ReadData(DType element)
    {
        var stored = Locate();
        if (element == DType.String)
        {
            var bytes = stored.Load();
            return bytes.Length <= Array.MaxLength
                ? new StringData(StringElements.Read(Image, _type, bytes.Span(0, (int)bytes.Length), (int)Shape.ElementCount, Path))
                : throw Image.Error(ErrorCode.SizeLimit, $"The texts of '{Path}' take {bytes.Length} bytes.", Path);
        }

        return !_type.BigEndian ? stored : new LazyData(stored.Length, () => Swapped(stored, element));
    }

    private TensorData Locate()
    {
        if (Header.Has(MessageType.ExternalFiles))
        {
            throw Image.Error(ErrorCode.ExternalStorage, $"The data of '{Path}' is kept in another file.", Path);
        }

        var layout = Header.Find(MessageType.Layout) ?? throw Image.Corrupt($"The dataset '{Path}' does not say where its data is.", Path);
        var size = (Int128)Shape.ElementCount * _type.Size;
        if (size > long.MaxValue)
        {
            throw Image.Error(ErrorCode.SizeLimit, $"'{Path}' declares {size} bytes.", Path);
        }

        return Locate(DataLayout.Read(Image, layout, Path), (long)size);
    }

    private TensorData Locate(DataLayout layout, long size)
    {
        switch (layout)
        {
            case ContiguousLayout { Address: Hdf5Image.Undefined }:
                StorageLimit.Check(Image, size, 0, Path);
                var fill = FillValue.Read(Image, Header);
                return new LazyData(size, () => Filled(size, fill));
            case ContiguousLayout contiguous when contiguous.Size is { } reserved && reserved < size:
                throw Image.Corrupt($"'{Path}' needs {size} bytes, but only {reserved} are set aside.", Path);
            case ContiguousLayout contiguous:
                Image.Require(contiguous.Address, size, $"data of '{Path}'");
                return new FileData(Image.File, Image.Start + contiguous.Address, size);
            case CompactLayout compact when compact.Bytes.Length < size:
                throw Image.Corrupt($"'{Path}' needs {size} bytes, but only {compact.Bytes.Length} are there.", Path);
            case CompactLayout compact:
                return OwnedData.FromArray(compact.Bytes[..(int)size].ToArray());
            default:
                var chunks = new ChunkedData(Image, Header, (ChunkedLayout)layout, _space, _type, Path);
                return new LazyData(size, chunks.Read);
        }
    }

    private static OwnedData Filled(long size, ReadOnlyMemory<byte> fill)
    {
        var data = OwnedData.Allocate(size);
        ChunkedData.Fill(data, fill.Span);
        return data;
    }

    private static OwnedData Swapped(TensorData stored, DType element)
    {
        const int Step = 1 << 20;
        var data = OwnedData.Allocate(stored.Length);
        for (var offset = 0L; offset < data.Length; offset += Step)
        {
            var part = data.Span(offset, (int)Math.Min(Step, data.Length - offset));
            stored.Read(offset, part);
            ByteOrder.Swap(part, element);
        }

        return data;
    }
}
