using System.Buffers.Binary;
using System.Text;
using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats.Zip;

/// <summary>Reads the central directory of an archive, and distrusts it.</summary>
internal sealed class ZipDirectory(SourceFile file, ModelReadLimits limits)
{
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int LocalLength = 30;
    private const uint Large = uint.MaxValue;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The members, in the order of the directory; entries for folders are left out.</summary>
    public IReadOnlyList<ZipMember> Read()
    {
        var (offset, length, count) = FindDirectory();
        if (count > limits.MaximumObjects)
        {
            throw new ModelToolsException(ErrorCode.StructureLimit, $"The archive has {count} members; at most {limits.MaximumObjects} are read.") { Path = file.Path };
        }

        if (length > limits.MaximumTextBytes)
        {
            throw new ModelToolsException(ErrorCode.SizeLimit, $"The archive's directory has {length} bytes; at most {limits.MaximumTextBytes} are read.") { Path = file.Path };
        }

        var directory = file.Read(offset, (int)length);
        var members = new List<ZipMember>();
        var extents = new List<(long Start, long End)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var position = 0;
        for (var i = 0L; i < count; i++)
        {
            var (member, extent) = ReadEntry(directory, ref position, offset);
            extents.Add(extent);
            if (!names.Add(member.Name))
            {
                throw Corrupt($"There are two members '{member.Name}'", member.Name);
            }

            if (!member.Name.EndsWith('/'))
            {
                members.Add(member);
            }
        }

        CheckExtents(extents);
        return position == directory.Length ? members : throw Corrupt("Its directory is longer than its entries");
    }

    private void CheckExtents(List<(long Start, long End)> extents)
    {
        extents.Sort();
        for (var i = 1; i < extents.Count; i++)
        {
            if (extents[i].Start < extents[i - 1].End)
            {
                throw Corrupt("Two members lie in the same place");
            }
        }
    }

    private (long Offset, long Length, long Count) FindDirectory()
    {
        var tailLength = (int)Math.Min(file.Length, EndLength + ushort.MaxValue);
        var tail = file.Read(file.Length - tailLength, tailLength);
        for (var at = tailLength - EndLength; at >= 0; at--)
        {
            if (Int32(tail, at) == 0x06054B50 && at + EndLength + Int16(tail, at + 20) == tailLength)
            {
                return ReadEnd(tail.AsSpan(at, EndLength), file.Length - tailLength + at);
            }
        }

        throw new ModelToolsException(ErrorCode.Truncated, "The archive has no directory at its end: it is incomplete.") { Path = file.Path };
    }

    private (long Offset, long Length, long Count) ReadEnd(ReadOnlySpan<byte> end, long endOffset)
    {
        long count = Int16(end, 10);
        long length = Int32(end, 12);
        long offset = Int32(end, 16);
        var directoryEnd = endOffset;
        if (Int16(end, 4) != 0 || Int16(end, 6) != 0 || Int16(end, 8) != count)
        {
            throw Corrupt("It is split over several files");
        }

        if (endOffset >= LocatorLength && file.Read(endOffset - LocatorLength, LocatorLength) is var locator && Int32(locator, 0) == 0x07064B50)
        {
            directoryEnd = Int64(locator, 8);
            var large = file.Read(directoryEnd, 56);
            if (Int32(large, 0) != 0x06064B50 || Int64(large, 24) != Int64(large, 32) || directoryEnd + 12 + Int64(large, 4) != endOffset - LocatorLength)
            {
                throw Corrupt("Its end record is damaged");
            }

            (count, length, offset) = (Int64(large, 32), Int64(large, 40), Int64(large, 48));
        }

        return offset >= 0 && length >= 0 && count >= 0 && offset <= directoryEnd && offset + length == directoryEnd
            ? (offset, length, count)
            : throw Corrupt("Its directory does not lie where its end record says");
    }

    private (ZipMember Member, (long Start, long End) Extent) ReadEntry(byte[] directory, ref int position, long directoryOffset)
    {
        if (directory.Length - position < 46 || Int32(directory, position) != 0x02014B50)
        {
            throw Corrupt("Its directory is damaged");
        }

        var entry = directory.AsSpan(position);
        var (flags, method, checksum) = (Int16(entry, 8), Int16(entry, 10), Int32(entry, 16));
        var (nameLength, extraLength, commentLength) = (Int16(entry, 28), Int16(entry, 30), Int16(entry, 32));
        var total = 46 + nameLength + extraLength + commentLength;
        if (entry.Length < total)
        {
            throw Corrupt("Its directory is damaged");
        }

        position += total;
        var nameBytes = entry.Slice(46, nameLength);
        var name = CheckName(nameBytes);
        long length = Int32(entry, 24);
        long compressed = Int32(entry, 20);
        long header = Int32(entry, 42);
        ReadLarge(entry.Slice(46 + nameLength, extraLength), ref length, ref compressed, ref header, name);
        if ((flags & 1) != 0 || method is not (0 or 8))
        {
            throw new ModelToolsException(ErrorCode.UnsupportedFormat, $"The member '{name}' is encrypted or compressed in a way that is not supported.") { Path = file.Path, Location = name };
        }

        if (method == 0 && compressed != length)
        {
            throw Corrupt($"The member '{name}' has two lengths", name);
        }

        if (length > limits.ExpansionFloorBytes && length / limits.MaximumExpansion > compressed)
        {
            throw new ModelToolsException(ErrorCode.SizeLimit, $"The member '{name}' would inflate from {compressed} to {length} bytes.") { Path = file.Path, Location = name };
        }

        var data = CheckLocalHeader(header, name, nameBytes, method, flags, compressed, directoryOffset);
        return (new ZipMember(name, method == 0, compressed, length, checksum, data), (header, data + compressed));
    }

    /// <summary>Takes lengths and place from the extra field for large archives, where the fixed fields are full.</summary>
    private void ReadLarge(ReadOnlySpan<byte> extra, ref long length, ref long compressed, ref long header, string name)
    {
        while (extra.Length >= 4)
        {
            var (id, size) = (Int16(extra, 0), Int16(extra, 2));
            if (extra.Length < 4 + size)
            {
                break;
            }

            if (id == 1)
            {
                var values = extra.Slice(4, size);
                length = Take(length, ref values, name);
                compressed = Take(compressed, ref values, name);
                header = Take(header, ref values, name);
                return;
            }

            extra = extra[(4 + size)..];
        }
    }

    private long Take(long value, ref ReadOnlySpan<byte> values, string name)
    {
        if (value != Large)
        {
            return value;
        }

        if (values.Length < 8 || Int64(values, 0) < 0)
        {
            throw Corrupt($"The entry of '{name}' is damaged", name);
        }

        value = Int64(values, 0);
        values = values[8..];
        return value;
    }

    /// <summary>The place of the data, once the header in front of them says the same as the directory.</summary>
    private long CheckLocalHeader(long offset, string name, ReadOnlySpan<byte> nameBytes, int method, int flags, long compressed, long directoryOffset)
    {
        if (offset < 0 || offset > directoryOffset - LocalLength)
        {
            throw Corrupt($"The member '{name}' lies outside of it", name);
        }

        var local = file.Read(offset, LocalLength);
        var data = offset + LocalLength + Int16(local, 26) + Int16(local, 28);
        long told = Int32(local, 18);
        var sizeAgrees = (flags & 8) != 0 || told == Large || told == compressed;
        if (Int32(local, 0) != 0x04034B50 || Int16(local, 8) != method || ((Int16(local, 6) ^ flags) & 1) != 0 || !sizeAgrees
            || Int16(local, 26) != nameBytes.Length || !file.Read(offset + LocalLength, nameBytes.Length).AsSpan().SequenceEqual(nameBytes))
        {
            throw Corrupt($"The member '{name}' is described in two ways", name);
        }

        return data <= directoryOffset - compressed ? data : throw Corrupt($"The member '{name}' lies outside of it", name);
    }

    private string CheckName(ReadOnlySpan<byte> bytes)
    {
        string name;
        try
        {
            name = Strict.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            throw new ModelToolsException(ErrorCode.CorruptArchive, "The archive is damaged: the name of a member is not UTF-8.", error) { Path = file.Path };
        }

        return ZipNames.IsSafe(name) ? name : throw new ModelToolsException(ErrorCode.PathEscape, $"The archive has a member with the name '{name}', which leaves the archive.") { Path = file.Path, Location = name };
    }

    private ModelToolsException Corrupt(string what, string? member = null) =>
        new(ErrorCode.CorruptArchive, $"The archive is damaged: {char.ToLowerInvariant(what[0])}{what[1..]}.") { Path = file.Path, Location = member };

    private static int Int16(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]);

    private static uint Int32(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);

    private static long Int64(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadInt64LittleEndian(bytes[offset..]);
}
