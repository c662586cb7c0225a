using ModelTools.Diagnostics;

namespace ModelTools.Formats.Checkpoint;

/// <summary>The key at which a walk through a sorted table stands. Keys share prefixes, so each is made from the one before.</summary>
/// <param name="budget">Bytes that all keys together may take: shared prefixes let a small table spell out very long keys.</param>
internal sealed class TableKey(long budget)
{
    private const int MaximumLength = 1 << 16;

    private byte[] _bytes = new byte[256];
    private long _budget = budget;
    private int _length = -1;

    /// <summary>The current key.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Math.Max(_length, 0));

    /// <summary>Goes to the key that shares some bytes with the current one; it must come after it.</summary>
    public void Advance(int shared, ReadOnlySpan<byte> rest)
    {
        var length = (long)shared + rest.Length;
        _budget -= length;
        if (length > MaximumLength || _budget < 0)
        {
            throw new ModelToolsException(ErrorCode.SizeLimit, "The names in the index are too long.");
        }

        if (_length >= 0 && rest.SequenceCompareTo(_bytes.AsSpan(shared, Math.Max(_length - shared, 0))) <= 0)
        {
            throw new ModelToolsException(ErrorCode.CorruptCheckpoint, "The index is damaged: its names are not in order.");
        }

        if (length > _bytes.Length)
        {
            Array.Resize(ref _bytes, MaximumLength);
        }

        rest.CopyTo(_bytes.AsSpan(shared));
        _length = (int)length;
    }
}
