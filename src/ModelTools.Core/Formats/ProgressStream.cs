using ModelTools.Diagnostics;

namespace ModelTools.Formats;

/// <summary>Passes bytes on and tells how many of them are written.</summary>
/// <param name="target">Where the bytes go; it stays open.</param>
/// <param name="status">What is being written, for the reports.</param>
/// <param name="total">Bytes in all.</param>
/// <param name="progress">Told after each mebibyte; null if nobody listens.</param>
internal sealed class ProgressStream(Stream target, string status, long total, IProgress<OperationProgress>? progress) : Stream
{
    private const long Step = 1 << 20;

    private long _written;
    private long _reported;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => _written;

    /// <inheritdoc/>
    public override long Position
    {
        get => _written;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        target.Write(buffer);
        _written += buffer.Length;
        if (progress is not null && (_written - _reported >= Step || _written == total))
        {
            _reported = _written;
            progress.Report(new OperationProgress(status, _written, total));
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush() => target.Flush();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
