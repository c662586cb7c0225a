using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using ModelTools.Tensors;

namespace ModelTools.Formats.Zip;

/// <summary>Writes a ZIP archive whose members lie in it as they are: no compression, no times, the same bytes for the same content.</summary>
/// <remarks>Large members and archives use the ZIP64 records. Order of use: <see cref="Add(string, long, Action{Stream})"/> for each member, then <see cref="Finish"/>.</remarks>
/// <param name="archive">Seekable; the archive begins at its position 0.</param>
internal sealed class ZipWriter(Stream archive)
{
    // 1 January 1980, the first date that ZIP knows.
    private const uint NoTime = 0x0021_0000;
    private const ushort Version = 20;
    private const ushort LargeVersion = 45;
    private const ushort NameIsUtf8 = 0x0800;

    private readonly List<Entry> _entries = [];

    /// <summary>Adds a member.</summary>
    /// <param name="name">Its name, with <c>/</c> between folders.</param>
    /// <param name="length">How many bytes <paramref name="write"/> is going to write.</param>
    /// <param name="write">Writes them.</param>
    public void Add(string name, long length, Action<Stream> write)
    {
        if (!ZipNames.IsSafe(name) || _entries.Exists(entry => entry.Name == name))
        {
            throw new ArgumentException($"'{name}' cannot be the name of a new member.", nameof(name));
        }

        var entry = new Entry(name, archive.Position, length);
        WriteLocalHeader(entry);
        var counted = new CountingStream(archive);
        write(counted);
        if (counted.Length != length)
        {
            throw new InvalidOperationException($"The member '{name}' has {counted.Length} bytes instead of {length}.");
        }

        // The checksum is known only now: back to its place in the header.
        entry.Checksum = counted.Checksum;
        var end = archive.Position;
        archive.Position = entry.Offset + 14;
        Span<byte> checksum = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, entry.Checksum);
        archive.Write(checksum);
        archive.Position = end;
        _entries.Add(entry);
    }

    /// <summary>Adds a member that lies in memory.</summary>
    public void Add(string name, byte[] bytes) => Add(name, bytes.Length, stream => stream.Write(bytes));

    /// <summary>Writes the directory; nothing can be added any more.</summary>
    public void Finish()
    {
        var offset = archive.Position;
        foreach (var entry in _entries)
        {
            WriteDirectoryEntry(entry);
        }

        var length = archive.Position - offset;
        if (_entries.Count >= ushort.MaxValue || offset >= uint.MaxValue || length >= uint.MaxValue)
        {
            WriteLargeEnd(offset, length);
        }

        var count = (ushort)Math.Min(_entries.Count, ushort.MaxValue);
        Write(record => record
            .UInt32(0x06054B50).UInt16(0).UInt16(0).UInt16(count).UInt16(count)
            .UInt32(Clamp(length)).UInt32(Clamp(offset)).UInt16(0));
    }

    private static uint Clamp(long value) => (uint)Math.Min(value, uint.MaxValue);

    private void WriteLocalHeader(Entry entry) => Write(record =>
    {
        record.UInt32(0x04034B50).UInt16(entry.IsLarge ? LargeVersion : Version).UInt16(entry.Flags).UInt16(0).UInt32(NoTime).UInt32(0)
            .UInt32(entry.Size32).UInt32(entry.Size32).UInt16(entry.NameBytes.Length).UInt16(entry.IsLarge ? 20 : 0).Bytes(entry.NameBytes);
        if (entry.IsLarge)
        {
            record.UInt16(1).UInt16(16).Int64(entry.Length).Int64(entry.Length);
        }
    });

    private void WriteDirectoryEntry(Entry entry) => Write(record =>
    {
        var far = entry.Offset >= uint.MaxValue;
        var extra = (entry.IsLarge ? 16 : 0) + (far ? 8 : 0);
        var version = extra > 0 ? LargeVersion : Version;
        record.UInt32(0x02014B50).UInt16(version).UInt16(version).UInt16(entry.Flags).UInt16(0).UInt32(NoTime).UInt32(entry.Checksum)
            .UInt32(entry.Size32).UInt32(entry.Size32).UInt16(entry.NameBytes.Length).UInt16(extra > 0 ? extra + 4 : 0)
            .UInt16(0).UInt16(0).UInt16(0).UInt32(0).UInt32(Clamp(entry.Offset)).Bytes(entry.NameBytes);
        if (extra > 0)
        {
            record.UInt16(1).UInt16(extra);
        }

        if (entry.IsLarge)
        {
            record.Int64(entry.Length).Int64(entry.Length);
        }

        if (far)
        {
            record.Int64(entry.Offset);
        }
    });

    private void WriteLargeEnd(long offset, long length)
    {
        var end = archive.Position;
        Write(record => record
            .UInt32(0x06064B50).Int64(44).UInt16(LargeVersion).UInt16(LargeVersion).UInt32(0).UInt32(0)
            .Int64(_entries.Count).Int64(_entries.Count).Int64(length).Int64(offset)
            .UInt32(0x07064B50).UInt32(0).Int64(end).UInt32(1));
    }

    private void Write(Action<Record> fill)
    {
        var record = new Record();
        fill(record);
        record.CopyTo(archive);
    }

    private sealed class Entry(string name, long offset, long length)
    {
        public string Name => name;

        public byte[] NameBytes { get; } = Encoding.UTF8.GetBytes(name);

        public long Offset => offset;

        public long Length => length;

        public uint Checksum { get; set; }

        public bool IsLarge => length >= uint.MaxValue;

        public uint Size32 => Clamp(length);

        public ushort Flags => Ascii.IsValid(name) ? (ushort)0 : NameIsUtf8;
    }

    /// <summary>Little-endian fields in a row.</summary>
    private sealed class Record
    {
        private readonly List<byte> _bytes = [];

        public Record UInt16(int value) => Number(value, 2);

        public Record UInt32(uint value) => Number(value, 4);

        public Record Int64(long value) => Number(value, 8);

        public Record Bytes(byte[] value)
        {
            _bytes.AddRange(value);
            return this;
        }

        public void CopyTo(Stream stream) => stream.Write(CollectionsMarshal.AsSpan(_bytes));

        private Record Number(long value, int size)
        {
            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
            _bytes.AddRange(bytes[..size]);
            return this;
        }
    }

    /// <summary>Passes bytes on, counting and summing them.</summary>
    private sealed class CountingStream(Stream target) : WriteOnlyStream
    {
        public uint Checksum { get; private set; }

        protected override void Take(ReadOnlySpan<byte> bytes)
        {
            target.Write(bytes);
            Checksum = Crc32.Append(Checksum, bytes);
        }
    }
}
