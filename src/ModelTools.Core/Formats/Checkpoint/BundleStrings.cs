using System.Buffers.Binary;
using System.Collections;
using ModelTools.Diagnostics;
using ModelTools.Formats.Protobuf;
using ModelTools.Tensors;

namespace ModelTools.Formats.Checkpoint;

/// <summary>A string tensor's elements, read and verified when the first is asked for.</summary>
/// <remarks>Stored: a varint length per element, a masked checksum of the lengths, then all bytes.</remarks>
/// <param name="file">The data file.</param>
/// <param name="entry">Place and checksum.</param>
/// <param name="name">The tensor, for messages.</param>
/// <param name="bigEndian">Whether lengths and their checksum are summed high byte first.</param>
internal sealed class BundleStrings(SourceFile file, BundleEntry entry, string name, bool bigEndian) : IReadOnlyList<byte[]>
{
    private readonly object _gate = new();
    private byte[][]? _elements;

    /// <inheritdoc/>
    public int Count { get; } = checked((int)entry.Shape.ElementCount);

    /// <inheritdoc/>
    public byte[] this[int index] => Elements[index];

    private byte[][] Elements
    {
        get
        {
            lock (_gate)
            {
                return _elements ??= Read();
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerator<byte[]> GetEnumerator() => ((IEnumerable<byte[]>)Elements).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Sums a length as the format has it: 32 bits, or 64 where they are needed.</summary>
    internal static uint AppendLength(uint crc, ulong length, bool bigEndian)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        var wide = length > uint.MaxValue;
        if (bigEndian)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes, length);
            return Crc32C.Append(crc, wide ? bytes : bytes[sizeof(uint)..]);
        }

        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        return Crc32C.Append(crc, wide ? bytes : bytes[..sizeof(uint)]);
    }

    private byte[][] Read()
    {
        if (Count == 0)
        {
            return [];
        }

        if (entry.Size > Array.MaxLength)
        {
            throw new ModelToolsException(ErrorCode.SizeLimit, $"The strings of tensor '{name}' take {entry.Size} bytes, more than can be read at once.") { Path = file.Path, Location = name };
        }

        ReadOnlySpan<byte> bytes = file.Read(entry.Offset, (int)entry.Size);
        var lengths = new int[Count];
        var crc = 0u;
        var total = 0L;
        for (var i = 0; i < Count; i++)
        {
            if (!Varint.TryRead(bytes, out var length, out var taken) || length > (ulong)bytes.Length)
            {
                throw Damaged("a string is longer than the data");
            }

            crc = AppendLength(crc, length, bigEndian);
            lengths[i] = (int)length;
            total += lengths[i];
            bytes = bytes[taken..];
        }

        if (bytes.Length != total + sizeof(uint))
        {
            throw Damaged("the strings do not fill the data");
        }

        var stored = bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (stored != Crc32C.Mask(crc) || Crc32C.Mask(Crc32C.Append(crc, bytes)) != entry.Checksum)
        {
            throw new ModelToolsException(ErrorCode.ChecksumMismatch, $"The strings of tensor '{name}' do not match their checksum.") { Path = file.Path, Location = name };
        }

        bytes = bytes[sizeof(uint)..];
        var elements = new byte[Count][];
        for (var i = 0; i < Count; i++)
        {
            elements[i] = bytes[..lengths[i]].ToArray();
            bytes = bytes[lengths[i]..];
        }

        return elements;
    }

    private ModelToolsException Damaged(string why) =>
        new(ErrorCode.CorruptCheckpoint, $"The string tensor '{name}' is damaged: {why}.") { Path = file.Path, Location = name };
}
