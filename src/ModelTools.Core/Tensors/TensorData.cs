namespace ModelTools.Tensors;

/// <summary>The bytes of a tensor: row-major, little-endian, wherever they lie.</summary>
/// <remarks>Offsets and lengths are 64-bit: a tensor may exceed 2 GiB, a span may not.</remarks>
public abstract class TensorData
{
    /// <summary>Length in bytes.</summary>
    public abstract long Length { get; }

    /// <summary>Copies bytes out, wherever they are; safe to call from several threads.</summary>
    /// <param name="offset">First byte.</param>
    /// <param name="destination">Filled whole.</param>
    /// <exception cref="Diagnostics.ModelToolsException">MT1xxx: the file behind it cannot be read.</exception>
    public abstract void Read(long offset, Span<byte> destination);

    /// <summary>The bytes themselves where they lie in memory; false if they have to be read first.</summary>
    /// <param name="offset">First byte.</param>
    /// <param name="length">Number of bytes.</param>
    /// <param name="bytes">A view that is valid as long as this object lives.</param>
    public virtual bool TryGetSpan(long offset, int length, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        return false;
    }

    /// <summary>The same bytes in memory; itself when they are there already.</summary>
    /// <param name="cancellation">Stops the reading between blocks.</param>
    public virtual OwnedData Load(CancellationToken cancellation = default)
    {
        var owned = OwnedData.Allocate(Length);
        const int Step = 16 << 20;
        for (var offset = 0L; offset < Length; offset += Step)
        {
            cancellation.ThrowIfCancellationRequested();
            Read(offset, owned.Span(offset, (int)Math.Min(Step, Length - offset)));
        }

        return owned;
    }

    /// <summary>A part of the bytes, which stays where it lies.</summary>
    /// <param name="offset">First byte.</param>
    /// <param name="length">Number of bytes.</param>
    /// <exception cref="NotSupportedException">Strings have no bytes of their own.</exception>
    public virtual TensorData Slice(long offset, long length)
    {
        CheckSlice(offset, length);
        return new SlicedData(this, offset, length);
    }

    /// <summary>Writes all bytes to a stream, a block at a time.</summary>
    public virtual void CopyTo(Stream destination, CancellationToken cancellation = default)
    {
        const int Step = 1 << 20;
        byte[]? buffer = null;
        for (var offset = 0L; offset < Length; offset += Step)
        {
            cancellation.ThrowIfCancellationRequested();
            var length = (int)Math.Min(Step, Length - offset);
            if (!TryGetSpan(offset, length, out var bytes))
            {
                buffer ??= new byte[(int)Math.Min(Step, Length)];
                Read(offset, buffer.AsSpan(0, length));
                bytes = buffer.AsSpan(0, length);
            }

            destination.Write(bytes);
        }
    }

    private protected void CheckSlice(long offset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - length);
    }
}
