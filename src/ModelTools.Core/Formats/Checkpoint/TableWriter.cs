using System.Buffers.Binary;
using ModelTools.Formats.Protobuf;

namespace ModelTools.Formats.Checkpoint;

/// <summary>Writes a sorted string table with TensorFlow's own constants, so that equal entries give equal files.</summary>
/// <param name="output">Where the table goes, from its current position on, which counts as 0.</param>
internal sealed class TableWriter(Stream output)
{
    private const int BlockSize = 256 << 10;
    private const int DataRestartInterval = 16;

    private readonly TableBlockBuilder _data = new(DataRestartInterval);
    private readonly TableBlockBuilder _index = new(restartInterval: 1);
    private byte[] _lastKey = [];
    private byte[]? _pendingHandle;
    private long _position;

    /// <summary>Adds an entry; keys come in ascending order of their bytes.</summary>
    public void Add(byte[] key, ReadOnlySpan<byte> value)
    {
        if (_data.Count > 0 && key.Length + value.Length >= 2 * BlockSize)
        {
            FlushData();
        }

        if (_pendingHandle is not null)
        {
            _index.Add(Separator(_lastKey, key), _pendingHandle);
            _pendingHandle = null;
        }

        _data.Add(key, value);
        _lastKey = key;
        if (_data.EstimatedLength >= BlockSize)
        {
            FlushData();
        }
    }

    /// <summary>Writes what is left: the last block, the empty meta index, the index and the footer.</summary>
    public void Finish()
    {
        FlushData();
        var footer = new byte[TableFormat.FooterLength];
        var length = WriteBlock(new TableBlockBuilder(DataRestartInterval)).CopyInto(footer);
        if (_pendingHandle is not null)
        {
            _index.Add(Successor(_lastKey), _pendingHandle);
        }

        WriteBlock(_index).CopyInto(footer.AsSpan(length));
        BinaryPrimitives.WriteUInt64LittleEndian(footer.AsSpan(TableFormat.FooterLength - sizeof(ulong)), TableFormat.Magic);
        output.Write(footer);
    }

    /// <summary>A short key from the last of one block up to, but not including, the first of the next.</summary>
    private static byte[] Separator(byte[] last, byte[] next)
    {
        var common = last.AsSpan().CommonPrefixLength(next);
        if (common >= last.Length || common >= next.Length || last[common] == byte.MaxValue || last[common] + 1 >= next[common])
        {
            return last;
        }

        return [.. last.AsSpan(0, common), (byte)(last[common] + 1)];
    }

    /// <summary>A short key that is not before the last one.</summary>
    private static byte[] Successor(byte[] last)
    {
        var position = last.AsSpan().IndexOfAnyExcept(byte.MaxValue);
        return position < 0 ? last : [.. last.AsSpan(0, position), (byte)(last[position] + 1)];
    }

    private void FlushData()
    {
        if (_data.Count > 0)
        {
            var handle = new byte[2 * Varint.MaximumLength];
            _pendingHandle = handle[..WriteBlock(_data).CopyInto(handle)];
        }
    }

    private Handle WriteBlock(TableBlockBuilder block)
    {
        var bytes = block.Finish();
        Span<byte> trailer = stackalloc byte[TableFormat.TrailerLength];
        trailer[0] = TableFormat.Plain;
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[1..], Crc32C.Mask(Crc32C.Append(Crc32C.Compute(bytes), trailer[..1])));
        output.Write(bytes);
        output.Write(trailer);

        var handle = new Handle(_position, bytes.Length);
        _position += bytes.Length + TableFormat.TrailerLength;
        block.Clear();
        return handle;
    }

    private readonly record struct Handle(long Offset, int Length)
    {
        public int CopyInto(Span<byte> destination)
        {
            var written = Varint.Write(destination, (ulong)Offset);
            return written + Varint.Write(destination[written..], (ulong)Length);
        }
    }
}
