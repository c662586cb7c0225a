using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5.Structure;

namespace ModelTools.Formats.Hdf5.Storage;

/// <summary>Where the data of a dataset lies.</summary>
internal abstract record DataLayout
{
    private const string What = "data layout";

    /// <summary>Reads the message.</summary>
    /// <param name="image">The file.</param>
    /// <param name="body">The message.</param>
    /// <param name="location">Path of the dataset, for messages.</param>
    /// <exception cref="ModelToolsException">MT2003: a virtual dataset; MT1003: damaged; MT4005: an unknown version.</exception>
    public static DataLayout Read(Hdf5Image image, ReadOnlyMemory<byte> body, string location)
    {
        var cursor = image.Cursor(body.Span, What);
        var version = cursor.Version(1, 5);
        return version < 3 ? ReadOld(image, ref cursor, body) : cursor.Byte() switch
        {
            0 => ReadCompact(ref cursor, body, cursor.UInt16()),
            1 => new ContiguousLayout(cursor.Address(), cursor.Length()),
            2 when version == 3 => ReadChunked3(image, ref cursor),
            2 => ReadChunked4(image, ref cursor, version),
            3 => throw image.Error(ErrorCode.VirtualDataset, $"'{location}' is a virtual dataset, which takes its data from other files.", location),
            var other => throw image.Corrupt($"'{location}' has a data layout of unknown class {other}.", location),
        };
    }

    private static DataLayout ReadOld(Hdf5Image image, ref Hdf5Cursor cursor, ReadOnlyMemory<byte> body)
    {
        int rank = cursor.Byte(), kind = cursor.Byte();
        cursor.Skip(5);
        switch (kind)
        {
            case 0:
                cursor.Skip(4L * rank);
                return ReadCompact(ref cursor, body, cursor.UInt32());
            case 1:
                return new ContiguousLayout(cursor.Address(), null);
            case 2:
                var address = cursor.Address();
                return Chunked(image, address, Dimensions(ref cursor, rank, 4), ChunkIndexKind.BTree1);
            default:
                throw image.Corrupt($"A data layout has the unknown class {kind}.");
        }
    }

    private static CompactLayout ReadCompact(ref Hdf5Cursor cursor, ReadOnlyMemory<byte> body, long size)
    {
        var start = cursor.Position;
        cursor.Skip(size);
        return new CompactLayout(body.Slice(start, (int)size));
    }

    private static ChunkedLayout ReadChunked3(Hdf5Image image, ref Hdf5Cursor cursor)
    {
        int rank = cursor.Byte();
        var address = cursor.Address();
        return Chunked(image, address, Dimensions(ref cursor, rank, 4), ChunkIndexKind.BTree1);
    }

    private static ChunkedLayout ReadChunked4(Hdf5Image image, ref Hdf5Cursor cursor, int version)
    {
        int flags = cursor.Byte(), rank = cursor.Byte(), width = cursor.Byte();
        if (width is 0 or > 8)
        {
            throw image.Corrupt($"A data layout has chunk dimensions of {width} bytes.");
        }

        var dimensions = Dimensions(ref cursor, rank, width);
        var kind = (ChunkIndexKind)cursor.Byte();
        (long Size, uint Mask)? single = null;
        switch (kind)
        {
            case ChunkIndexKind.Single when (flags & 2) != 0:
                single = (cursor.Length(), cursor.UInt32());
                break;
            case ChunkIndexKind.FixedArray:
                cursor.Skip(1);
                break;
            case ChunkIndexKind.ExtensibleArray:
                cursor.Skip(5);
                break;
            case ChunkIndexKind.BTree2:
                cursor.Skip(6);
                break;
        }

        return Chunked(image, cursor.Address(), dimensions, kind) with
        {
            PlainEdges = (flags & 1) != 0,
            SingleFiltered = single,
            WideSizes = version > 4,
        };
    }

    private static long[] Dimensions(ref Hdf5Cursor cursor, int rank, int width)
    {
        var dimensions = new long[rank];
        for (var i = 0; i < rank; i++)
        {
            dimensions[i] = cursor.Number(width);
        }

        return dimensions;
    }

    private static ChunkedLayout Chunked(Hdf5Image image, long address, long[] dimensions, ChunkIndexKind kind)
    {
        // The last dimension is the size of an element.
        if (dimensions.Length < 2 || dimensions.Any(dimension => dimension <= 0))
        {
            throw image.Corrupt($"A dataset has chunks of the impossible shape ({string.Join(", ", dimensions)}).");
        }

        var bytes = 1L;
        foreach (var dimension in dimensions)
        {
            if (bytes > Array.MaxLength / dimension)
            {
                throw image.Error(ErrorCode.SizeLimit, $"A dataset has chunks of the shape ({string.Join(", ", dimensions)}), larger than can be read.");
            }

            bytes *= dimension;
        }

        return new ChunkedLayout(address, dimensions[..^1], (int)dimensions[^1], kind);
    }
}

/// <summary>The data stands in the object header.</summary>
/// <param name="Bytes">The data.</param>
internal sealed record CompactLayout(ReadOnlyMemory<byte> Bytes) : DataLayout;

/// <summary>The data lies in one piece.</summary>
/// <param name="Address">Where; <see cref="Hdf5Image.Undefined"/> if it was never written.</param>
/// <param name="Size">Bytes set aside; null where the old message does not tell.</param>
internal sealed record ContiguousLayout(long Address, long? Size) : DataLayout;

/// <summary>The data lies in chunks of one shape.</summary>
/// <param name="Address">Where their index is; <see cref="Hdf5Image.Undefined"/> if none was written.</param>
/// <param name="ChunkShape">Dimensions of a chunk.</param>
/// <param name="ElementSize">Bytes of an element.</param>
/// <param name="Index">How they are found.</param>
internal sealed record ChunkedLayout(long Address, long[] ChunkShape, int ElementSize, ChunkIndexKind Index) : DataLayout
{
    /// <summary>Whether chunks that stick out of the dataset did not go through the filters.</summary>
    public bool PlainEdges { get; init; }

    /// <summary>Stored size and filter mask of a single filtered chunk.</summary>
    public (long Size, uint Mask)? SingleFiltered { get; init; }

    /// <summary>Whether the stored sizes of chunks may need 64 bits.</summary>
    public bool WideSizes { get; init; }

    /// <summary>Bytes of a chunk without filters.</summary>
    public int ChunkBytes { get; } = (int)ChunkShape.Aggregate((long)ElementSize, (product, dimension) => product * dimension);
}

/// <summary>How chunks are found. Numbers of the HDF5 format, but for the first.</summary>
internal enum ChunkIndexKind
{
    /// <summary>The old B-tree.</summary>
    BTree1 = 0,

    /// <summary>There is one chunk only.</summary>
    Single = 1,

    /// <summary>All chunks lie behind each other.</summary>
    Implicit = 2,

    /// <summary>An array of the final size.</summary>
    FixedArray = 3,

    /// <summary>An array that grows along one dimension.</summary>
    ExtensibleArray = 4,

    /// <summary>The new B-tree.</summary>
    BTree2 = 5,
}
