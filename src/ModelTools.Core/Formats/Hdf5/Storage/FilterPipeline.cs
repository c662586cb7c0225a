using System.IO.Compression;
using ModelTools.Formats.Hdf5.Structure;

namespace ModelTools.Formats.Hdf5.Storage;

/// <summary>The filters that chunks went through when they were written, undone here in reverse order.</summary>
internal sealed class FilterPipeline
{
    private const string What = "filter pipeline";
    private const int MostFilters = 32;
    private const int Deflate = 1, Shuffle = 2, Checksum = 3;

    private static readonly Dictionary<int, string> KnownElsewhere = new()
    {
        [4] = "szip", [5] = "n-bit", [6] = "scale-offset", [307] = "bzip2", [32000] = "LZF", [32001] = "Blosc", [32004] = "LZ4",
        [32008] = "bitshuffle", [32013] = "ZFP", [32015] = "Zstandard", [32026] = "Blosc2",
    };

    private readonly Hdf5Image _image;
    private readonly string _location;
    private readonly List<(int Id, int Parameter)> _filters;

    private FilterPipeline(Hdf5Image image, string location, List<(int, int)> filters)
    {
        (_image, _location, _filters) = (image, location, filters);
    }

    /// <summary>Whether nothing is filtered.</summary>
    public bool IsEmpty => _filters.Count == 0;

    /// <summary>Reads the message of a dataset.</summary>
    /// <exception cref="Diagnostics.ModelToolsException">MT1003: damaged; MT4005: a filter that cannot be undone.</exception>
    public static FilterPipeline Read(Hdf5Image image, ObjectHeader header, string location)
    {
        var filters = new List<(int, int)>();
        if (header.Find(MessageType.FilterPipeline) is { } body)
        {
            var cursor = image.Cursor(body.Span, What);
            var version = cursor.Version(1, 2);
            int count = cursor.Byte();
            cursor.Skip(version == 1 ? 6 : 0);
            for (var i = 0; i < Math.Min(count, MostFilters); i++)
            {
                filters.Add(ReadFilter(image, ref cursor, version, location));
            }
        }

        if (filters.Count(filter => filter.Item1 == Deflate) > 1)
        {
            throw image.Unsupported($"The chunks of '{location}' are compressed twice.", location);
        }

        return new FilterPipeline(image, location, filters);
    }

    /// <summary>Undoes the filters of one chunk.</summary>
    /// <param name="stored">The chunk as it is in the file.</param>
    /// <param name="mask">Filters that were left out for this chunk, a bit each.</param>
    /// <param name="size">Bytes that must come out; nothing larger is ever allocated.</param>
    /// <exception cref="Diagnostics.ModelToolsException">MT1003: another number of bytes comes out, or the compressed data is damaged; MT1009: a checksum does not match.</exception>
    public byte[] Undo(byte[] stored, uint mask, int size)
    {
        var chunk = stored;
        for (var i = _filters.Count - 1; i >= 0; i--)
        {
            if ((mask >> i & 1) != 0)
            {
                continue;
            }

            chunk = _filters[i].Id switch
            {
                Deflate => Inflate(chunk, size + ChecksumsBefore(i, mask)),
                Shuffle => Unshuffle(chunk, _filters[i].Parameter),
                _ => VerifyChecksum(chunk),
            };
        }

        return chunk.Length == size ? chunk : throw WrongLength(size);
    }

    private static (int Id, int Parameter) ReadFilter(Hdf5Image image, ref Hdf5Cursor cursor, int version, string location)
    {
        int id = cursor.UInt16();
        int nameLength = version == 1 || id >= 256 ? cursor.UInt16() : 0;
        cursor.Skip(2);
        int parameters = cursor.UInt16();
        cursor.Skip(version == 1 ? (nameLength + 7) & ~7 : nameLength);
        var first = parameters > 0 ? cursor.UInt32() : 0;
        cursor.Skip(Math.Max(parameters - 1, 0) * 4);
        cursor.Skip(version == 1 && parameters % 2 != 0 ? 4 : 0);
        if (id is not (Deflate or Shuffle or Checksum))
        {
            throw image.Unsupported($"The chunks of '{location}' went through the filter {KnownElsewhere.GetValueOrDefault(id, "of an unknown kind")} ({id}); only deflate, shuffle and fletcher32 are read.", location);
        }

        return (id, (int)Math.Min(first, int.MaxValue));
    }

    private int ChecksumsBefore(int index, uint mask)
    {
        var bytes = 0;
        for (var i = 0; i < index; i++)
        {
            bytes += _filters[i].Id == Checksum && (mask >> i & 1) == 0 ? 4 : 0;
        }

        return bytes;
    }

    private byte[] Inflate(byte[] compressed, int size)
    {
        var chunk = new byte[size];
        try
        {
            using var stream = new ZLibStream(new MemoryStream(compressed, writable: false), CompressionMode.Decompress);
            if (stream.ReadAtLeast(chunk, size, throwOnEndOfStream: false) < size || stream.ReadByte() >= 0)
            {
                throw WrongLength(size);
            }
        }
        catch (InvalidDataException error)
        {
            throw _image.Error(Diagnostics.ErrorCode.CorruptHdf5, $"A chunk of '{_location}' does not decompress: {error.Message}", _location, error);
        }

        return chunk;
    }

    /// <summary>Brings the bytes of each element together again; a rest that is no whole element was left as it is.</summary>
    private static byte[] Unshuffle(byte[] shuffled, int elementSize)
    {
        if (elementSize <= 1 || shuffled.Length < elementSize)
        {
            return shuffled;
        }

        var chunk = new byte[shuffled.Length];
        var count = shuffled.Length / elementSize;
        for (var part = 0; part < elementSize; part++)
        {
            var plane = shuffled.AsSpan(part * count, count);
            for (int i = 0, at = part; i < plane.Length; i++, at += elementSize)
            {
                chunk[at] = plane[i];
            }
        }

        shuffled.AsSpan(count * elementSize).CopyTo(chunk.AsSpan(count * elementSize));
        return chunk;
    }

    private byte[] VerifyChecksum(byte[] chunk) => chunk.Length >= 4 && Fletcher32.Matches(chunk) ? chunk[..^4]
        : throw _image.Error(Diagnostics.ErrorCode.ChecksumMismatch, $"A chunk of '{_location}' does not match its checksum.", _location);

    private Diagnostics.ModelToolsException WrongLength(int size) =>
        _image.Corrupt($"A chunk of '{_location}' does not hold the {size} bytes that its shape needs.", _location);
}
