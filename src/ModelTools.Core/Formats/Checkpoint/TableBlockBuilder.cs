using System.Buffers;
using System.Buffers.Binary;
using ModelTools.Formats.Protobuf;

namespace ModelTools.Formats.Checkpoint;

/// <summary>Builds one block of a sorted string table.</summary>
/// <param name="restartInterval">After how many entries a key is written whole again.</param>
internal sealed class TableBlockBuilder(int restartInterval)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<int> _restarts = [0];
    private byte[] _lastKey = [];
    private int _sinceRestart;

    /// <summary>Number of entries.</summary>
    public int Count { get; private set; }

    /// <summary>Length of the block if it ended here.</summary>
    public int EstimatedLength => _bytes.WrittenCount + (sizeof(int) * (_restarts.Count + 1));

    /// <summary>Adds an entry.</summary>
    public void Add(byte[] key, ReadOnlySpan<byte> value)
    {
        var shared = 0;
        if (_sinceRestart < restartInterval)
        {
            shared = _lastKey.AsSpan().CommonPrefixLength(key);
        }
        else
        {
            _restarts.Add(_bytes.WrittenCount);
            _sinceRestart = 0;
        }

        WriteVarint(shared);
        WriteVarint(key.Length - shared);
        WriteVarint(value.Length);
        _bytes.Write(key.AsSpan(shared));
        _bytes.Write(value);
        _lastKey = key;
        _sinceRestart++;
        Count++;
    }

    /// <summary>Ends the block; the view is valid until <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        foreach (var number in (IEnumerable<int>)[.. _restarts, _restarts.Count])
        {
            BinaryPrimitives.WriteInt32LittleEndian(_bytes.GetSpan(sizeof(int)), number);
            _bytes.Advance(sizeof(int));
        }

        return _bytes.WrittenSpan;
    }

    /// <summary>Starts the next block.</summary>
    public void Clear()
    {
        _bytes.ResetWrittenCount();
        _restarts.Clear();
        _restarts.Add(0);
        _lastKey = [];
        _sinceRestart = 0;
        Count = 0;
    }

    private void WriteVarint(int value) => _bytes.Advance(Varint.Write(_bytes.GetSpan(Varint.MaximumLength), (ulong)value));
}
