namespace ModelTools.Tensors;

/// <summary>A part of a file as a stream with a position of its own; whoever opened the file closes it.</summary>
/// <param name="file">The open file.</param>
/// <param name="start">First byte of the part.</param>
/// <param name="length">Length of the part; it lies inside the file.</param>
internal sealed class SourceStream(SourceFile file, long start, long length) : Stream
{
    private long _position;

    /// <summary>The whole file.</summary>
    public SourceStream(SourceFile file)
        : this(file, 0, file.Length)
    {
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, Math.Max(0, length - _position));
        file.Read(start + _position, buffer[..count]);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin)
    {
        Position = offset + (origin switch
        {
            SeekOrigin.Current => _position,
            SeekOrigin.End => length,
            _ => 0,
        });
        return _position;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
