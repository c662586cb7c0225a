using System.Buffers.Binary;
using System.Text;
using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5.Structure;
using ModelTools.Formats.Hdf5.Writing;
using ModelTools.Tensors;

namespace ModelTools.Formats.Hdf5;

/// <summary>Writes a file as h5py's default does, for every HDF5 library since 1.8. The same content gives the same bytes.</summary>
/// <remarks>
/// Superblock 0, old-style groups, object headers of version 1, contiguous data, no times. All structure comes first (so that a reader
/// finds it in a few reads), then the data in the order of the tree. The file is written front to back: the stream need not seek, and the file may start
/// anywhere in it.
/// </remarks>
internal sealed class Hdf5Writer
{
    private const int SuperblockSize = 96;
    private const int RootEntry = 56;
    private static readonly byte[] Zeros = new byte[8];

    private readonly MetadataBuffer _buffer = new();
    private readonly GlobalHeapWriter _heap;
    private readonly SymbolTableWriter _symbols;
    private readonly List<(TensorData Data, long Address)> _data = [];
    private readonly List<(TensorData Data, int LayoutBody)> _placeLater = [];

    private Hdf5Writer(Hdf5GroupContent root)
    {
        _heap = new GlobalHeapWriter(_buffer);
        _symbols = new SymbolTableWriter(_buffer);
        _buffer.Reserve(SuperblockSize);
        var symbol = WriteGroup([], root);
        Length = PlaceData();
        WriteSuperblock(symbol);
    }

    /// <summary>Bytes of the whole file.</summary>
    public long Length { get; }

    /// <summary>Lays a file out: all sizes are known afterwards, no data is read yet.</summary>
    /// <param name="root">What to write.</param>
    /// <exception cref="ModelToolsException">MT4003: something is larger than HDF5 allows; MT4004: HDF5 has no such elements.</exception>
    public static Hdf5Writer Prepare(Hdf5GroupContent root) => new(root);

    /// <summary>Writes a file.</summary>
    /// <param name="root">What to write.</param>
    /// <param name="stream">Where to; the file starts at the current position.</param>
    /// <param name="cancellation">Stops between blocks of data.</param>
    /// <exception cref="ModelToolsException">MT4003, MT4004: see <see cref="Prepare"/>; MT1xxx: a tensor's own file cannot be read.</exception>
    public static void Write(Hdf5GroupContent root, Stream stream, CancellationToken cancellation = default) => Prepare(root).Write(stream, cancellation);

    /// <summary>Writes the file that was laid out.</summary>
    /// <param name="stream">Where to; the file starts at the current position and takes <see cref="Length"/> bytes.</param>
    /// <param name="cancellation">Stops between blocks of data.</param>
    /// <exception cref="ModelToolsException">MT1xxx: a tensor's own file cannot be read.</exception>
    public void Write(Stream stream, CancellationToken cancellation = default)
    {
        stream.Write(_buffer.Written);
        long position = _buffer.Written.Length;
        foreach (var (data, address) in _data)
        {
            stream.Write(Zeros.AsSpan(0, (int)(address - position)));
            data.CopyTo(stream, cancellation);
            position = address + data.Length;
        }
    }

    private Symbol WriteGroup(byte[] name, Hdf5GroupContent group)
    {
        var children = new List<Symbol>(group.Children.Count);
        foreach (var (childName, child) in group.Children)
        {
            var bytes = Encoding.UTF8.GetBytes(childName);
            children.Add(child is Hdf5GroupContent inner ? WriteGroup(bytes, inner) : WriteDataset(bytes, (Hdf5DatasetContent)child));
        }

        children.Sort((left, right) => left.Name.AsSpan().SequenceCompareTo(right.Name));
        var (tree, heap) = _symbols.Write(children);
        var table = new byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(table, tree);
        BinaryPrimitives.WriteInt64LittleEndian(table.AsSpan(8), heap);

        var header = new ObjectHeaderWriter(_buffer, group.Path);
        header.Add(MessageType.SymbolTable, table);
        group.Attributes.Write(header, _heap);
        return new Symbol(name, header.Write().Address, tree, heap);
    }

    private Symbol WriteDataset(byte[] name, Hdf5DatasetContent dataset)
    {
        var (tensor, texts) = (dataset.Tensor, dataset.Tensor.Data as StringData);
        var size = texts is null ? tensor.Data.Length : checked((long)texts.Elements.Count * GlobalHeapWriter.ReferenceSize);
        var header = new ObjectHeaderWriter(_buffer, dataset.Path);
        header.Add(MessageType.Dataspace, MessageEncoding.Dataspace(tensor.Shape));
        header.Add(MessageType.Datatype, texts is null ? MessageEncoding.Datatype(tensor.DType) : MessageEncoding.HeapString(utf8: true), constant: true);
        header.Add(MessageType.FillValue, (texts is null ? MessageEncoding.FillValue : MessageEncoding.StringFillValue).ToArray(), constant: true);
        header.Add(MessageType.Layout, MessageEncoding.ContiguousLayout(size));
        dataset.Attributes.Write(header, _heap);
        var (address, bodies) = header.Write();
        if (size > 0)
        {
            Place(texts, tensor.Data, bodies[MessageType.Layout] + MessageEncoding.LayoutAddress);
        }

        return new Symbol(name, address, null, null);
    }

    private void Place(StringData? texts, TensorData data, int addressAt)
    {
        if (texts is null)
        {
            _placeLater.Add((data, addressAt));
            return;
        }

        var references = _heap.Add(texts.Elements);
        var address = _buffer.Reserve(references.Length);
        references.CopyTo(_buffer.At(address));
        _buffer.Put64(addressAt, address);
    }

    private long PlaceData()
    {
        long end = _buffer.Written.Length;
        foreach (var (data, addressAt) in _placeLater)
        {
            var address = (end + 7) & ~7L;
            _buffer.Put64(addressAt, address);
            _data.Add((data, address));
            end = address + data.Length;
        }

        return end;
    }

    private void WriteSuperblock(Symbol root)
    {
        Superblock.Signature.CopyTo(_buffer.At(0));
        (_buffer.At(13)[0], _buffer.At(14)[0]) = (8, 8);
        _buffer.Put16(16, SymbolTableWriter.LeafK);
        _buffer.Put16(18, SymbolTableWriter.InternalK);
        _buffer.Put64(32, -1);
        _buffer.Put64(40, Length);
        _buffer.Put64(48, -1);
        SymbolTableWriter.PutEntry(_buffer, RootEntry, 0, root);
    }
}
