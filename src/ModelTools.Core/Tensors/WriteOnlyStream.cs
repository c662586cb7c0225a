namespace ModelTools.Tensors;

/// <summary>A stream that only takes bytes in: what becomes of them is said in <see cref="Take"/>.</summary>
internal abstract class WriteOnlyStream : Stream
{
    private long _taken;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => _taken;

    /// <inheritdoc/>
    public override long Position
    {
        get => _taken;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public sealed override void Write(ReadOnlySpan<byte> buffer)
    {
        Take(buffer);
        _taken += buffer.Length;
    }

    /// <inheritdoc/>
    public sealed override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public sealed override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public sealed override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Takes bytes in; <see cref="Position"/> counts those that came before.</summary>
    protected abstract void Take(ReadOnlySpan<byte> bytes);
}
