using System.Buffers.Binary;
using ModelTools.Diagnostics;
using ModelTools.Formats.Protobuf;

namespace ModelTools.Formats.Checkpoint;

/// <summary>Walks the entries of one block of a sorted string table; every length is checked.</summary>
internal ref struct TableBlock
{
    private readonly ReadOnlySpan<byte> _entries;
    private readonly TableKey _key;
    private int _position;
    private int _keyLength;

    /// <summary>Starts before the first entry.</summary>
    /// <param name="bytes">The block, decompressed.</param>
    /// <param name="key">Takes the keys; it may hold the last key of the block before.</param>
    public TableBlock(ReadOnlySpan<byte> bytes, TableKey key)
    {
        var restarts = bytes.Length < sizeof(uint) ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(bytes[^sizeof(uint)..]);
        var tail = (restarts + 1L) * sizeof(uint);
        if (tail > bytes.Length)
        {
            throw Damaged("a block has no room for its restart points");
        }

        _entries = bytes[..(int)(bytes.Length - tail)];
        _key = key;
    }

    /// <summary>Value of the current entry.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Goes to the next entry; false at the end of the block.</summary>
    public bool Next()
    {
        if (_position == _entries.Length)
        {
            return false;
        }

        var shared = Length();
        var unshared = Length();
        var value = Length();
        if (shared > _keyLength || (long)unshared + value > _entries.Length - _position)
        {
            throw Damaged("an entry is longer than its block");
        }

        _key.Advance(shared, _entries.Slice(_position, unshared));
        _keyLength = shared + unshared;
        Value = _entries.Slice(_position + unshared, value);
        _position += unshared + value;
        return true;
    }

    private int Length()
    {
        if (!Varint.TryRead(_entries[_position..], out var value, out var length) || value > int.MaxValue)
        {
            throw Damaged("an entry's length cannot be read");
        }

        _position += length;
        return (int)value;
    }

    private static ModelToolsException Damaged(string why) => new(ErrorCode.CorruptCheckpoint, $"The index is damaged: {why}.");
}
