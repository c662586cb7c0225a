using System.Buffers.Binary;
using System.IO.Compression;
using ModelTools.Diagnostics;
using ModelTools.Formats.Zip;
using ModelTools.Tensors;

namespace ModelTools.Formats.TensorFiles;

/// <summary>The inflated bytes of a gzip file. .NET takes a file that is cut off for one that ends there; this one does not.</summary>
/// <param name="file">The open file.</param>
internal sealed class CheckedGzipStream(SourceFile file) : Stream
{
    private const int TrailerLength = 8;

    private readonly GZipStream _inflated = Inflate(file);
    private uint _checksum;
    private long _length;
    private bool _checked;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var count = _inflated.Read(buffer);
        _checksum = Crc32.Append(_checksum, buffer[..count]);
        _length += count;
        if (count == 0 && !buffer.IsEmpty && !_checked)
        {
            CheckTrailer();
            _checked = true;
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inflated.Dispose();
        }

        base.Dispose(disposing);
    }

    private static GZipStream Inflate(SourceFile file) => new(new SourceStream(file), CompressionMode.Decompress);

    private void CheckTrailer()
    {
        if (file.Length >= TrailerLength)
        {
            var trailer = file.Read(file.Length - TrailerLength, TrailerLength);
            var checksum = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(trailer.AsSpan(4));
            if ((length == (uint)_length && checksum == _checksum) || (length < _length && checksum == ChecksumOfEnd(length)))
            {
                return;
            }
        }

        throw new ModelToolsException(ErrorCode.Truncated, "The compressed file ends before its data do.") { Path = file.Path };
    }

    /// <summary>The checksum of the last bytes: a file may consist of several compressed parts, of which the trailer describes the last.</summary>
    private uint ChecksumOfEnd(long length)
    {
        using var again = Inflate(file);
        var buffer = new byte[1 << 16];
        var skip = _length - length;
        var checksum = 0u;
        for (var count = again.Read(buffer); count > 0; count = again.Read(buffer))
        {
            var skipped = (int)Math.Min(skip, count);
            skip -= skipped;
            checksum = Crc32.Append(checksum, buffer.AsSpan(skipped, count - skipped));
        }

        return checksum;
    }
}
