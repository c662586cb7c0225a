using System.Buffers.Binary;
using ModelTools.Diagnostics;
using ModelTools.Formats.Protobuf;
using ModelTools.Tensors;

namespace ModelTools.Formats.Checkpoint;

/// <summary>Reads a sorted string table: all entries in order, or one by its key. Checksums are verified, snappy blocks read.</summary>
internal sealed class TableReader
{
    private const int KeyFloorBytes = 16 << 20;
    private const int KeyExpansion = 16;

    /// <summary>Snappy's best: three bytes stand for 64.</summary>
    private const int SnappyExpansion = 22;

    private readonly SourceFile _file;
    private readonly ModelReadLimits _limits;
    private readonly List<(byte[] LastKey, Handle Handle)> _blocks = [];

    /// <summary>Reads the footer and the index of blocks.</summary>
    /// <exception cref="ModelToolsException">MT1002, MT1004, MT1009, MT2004 or MT2007.</exception>
    public TableReader(SourceFile file, ModelReadLimits limits)
    {
        _file = file;
        _limits = limits;
        if (file.Length < TableFormat.FooterLength)
        {
            throw new ModelToolsException(ErrorCode.Truncated, $"The index holds {file.Length} bytes and no footer.") { Path = file.Path };
        }

        var footer = file.Read(file.Length - TableFormat.FooterLength, TableFormat.FooterLength);
        if (BinaryPrimitives.ReadUInt64LittleEndian(footer.AsSpan(TableFormat.FooterLength - sizeof(ulong))) != TableFormat.Magic)
        {
            throw Damaged("it does not end with the number that marks a checkpoint index; it is cut off or something else");
        }

        ReadOnlySpan<byte> rest = footer;
        ReadHandle(ref rest);
        var key = NewKey();
        var block = new TableBlock(ReadBlock(ReadHandle(ref rest)), key);
        while (block.Next())
        {
            var value = block.Value;
            _blocks.Add((key.Bytes.ToArray(), ReadHandle(ref value)));
            CheckCount(_blocks.Count);
        }
    }

    /// <summary>Receives an entry; the views are valid during the call.</summary>
    public delegate void Visitor(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value);

    /// <summary>True if a file ends as a table does.</summary>
    public static bool IsTable(SourceFile file) => file.Length >= TableFormat.FooterLength
        && BinaryPrimitives.ReadUInt64LittleEndian(file.Read(file.Length - sizeof(ulong), sizeof(ulong))) == TableFormat.Magic;

    /// <summary>Goes through all entries in order.</summary>
    public void Visit(Visitor visitor)
    {
        var key = NewKey();
        var count = 0;
        foreach (var (_, handle) in _blocks)
        {
            var block = new TableBlock(ReadBlock(handle), key);
            while (block.Next())
            {
                CheckCount(++count);
                visitor(key.Bytes, block.Value);
            }
        }
    }

    /// <summary>The value with a key, or null.</summary>
    public byte[]? Find(ReadOnlySpan<byte> wanted)
    {
        int low = 0, high = _blocks.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = wanted.SequenceCompareTo(_blocks[middle].LastKey) <= 0 ? (low, middle) : (middle + 1, high);
        }

        if (low == _blocks.Count)
        {
            return null;
        }

        var key = NewKey();
        var block = new TableBlock(ReadBlock(_blocks[low].Handle), key);
        while (block.Next())
        {
            if (key.Bytes.SequenceEqual(wanted))
            {
                return block.Value.ToArray();
            }
        }

        return null;
    }

    private byte[] ReadBlock(Handle handle)
    {
        var stored = handle.Length <= int.MaxValue - TableFormat.TrailerLength && handle.Offset <= (ulong)_file.Length
            && handle.Length + TableFormat.TrailerLength <= (ulong)_file.Length - handle.Offset
            ? _file.Read((long)handle.Offset, (int)handle.Length + TableFormat.TrailerLength)
            : throw Damaged("a block is said to lie outside of the file");

        var length = (int)handle.Length;
        var checksum = Crc32C.Mask(Crc32C.Compute(stored.AsSpan(0, length + 1)));
        if (checksum != BinaryPrimitives.ReadUInt32LittleEndian(stored.AsSpan(length + 1)))
        {
            throw new ModelToolsException(ErrorCode.ChecksumMismatch, $"A block of the index at byte {handle.Offset} does not match its checksum.") { Path = _file.Path };
        }

        return stored[length] switch
        {
            TableFormat.Plain => stored[..length],
            TableFormat.Snappy => Decompress(stored.AsSpan(0, length)),
            var type => throw new ModelToolsException(ErrorCode.UnsupportedFormat, $"The index is compressed in the unknown way {type}.") { Path = _file.Path },
        };
    }

    private byte[] Decompress(ReadOnlySpan<byte> compressed)
    {
        try
        {
            var length = Snappier.Snappy.GetUncompressedLength(compressed);
            if (length > (long)compressed.Length * SnappyExpansion)
            {
                throw new ModelToolsException(ErrorCode.SizeLimit, $"A block of {compressed.Length} bytes claims to hold {length}.") { Path = _file.Path };
            }

            var bytes = new byte[length];
            if (Snappier.Snappy.Decompress(compressed, bytes) == length)
            {
                return bytes;
            }
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException)
        {
            throw Damaged("a compressed block cannot be decompressed", error);
        }

        throw Damaged("a compressed block is shorter than it claims");
    }

    private Handle ReadHandle(ref ReadOnlySpan<byte> bytes)
    {
        if (!Varint.TryRead(bytes, out var offset, out var first) || !Varint.TryRead(bytes[first..], out var length, out var second))
        {
            throw Damaged("the place of a block cannot be read");
        }

        bytes = bytes[(first + second)..];
        return new Handle(offset, length);
    }

    private TableKey NewKey() => new(KeyFloorBytes + (_file.Length * KeyExpansion));

    private void CheckCount(int count)
    {
        if (count > _limits.MaximumObjects)
        {
            throw new ModelToolsException(ErrorCode.StructureLimit, $"The index has more than {_limits.MaximumObjects} entries.") { Path = _file.Path };
        }
    }

    private ModelToolsException Damaged(string why, Exception? inner = null) =>
        new(ErrorCode.CorruptCheckpoint, $"The index is damaged: {why}.", inner) { Path = _file.Path };

    private readonly record struct Handle(ulong Offset, ulong Length);
}
