using ModelTools.Diagnostics;

namespace ModelTools.Formats.Zip;

/// <summary>The inflated bytes of a member: exactly as many as it declares, with the checksum that it declares.</summary>
/// <param name="inflated">The bytes.</param>
/// <param name="member">What the directory says of them.</param>
/// <param name="path">The archive, for messages.</param>
internal sealed class CheckedStream(Stream inflated, ZipMember member, string path) : Stream
{
    private long _position;
    private uint _checksum;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => member.Length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        buffer = buffer[..(int)Math.Min(buffer.Length, member.Length - _position)];
        if (buffer.IsEmpty)
        {
            return 0;
        }

        var count = ReadInflated(buffer);
        if (count == 0)
        {
            throw new ModelToolsException(ErrorCode.CorruptArchive, $"The member '{member.Name}' ends after {_position} of {member.Length} bytes.") { Path = path, Location = member.Name };
        }

        _checksum = Crc32.Append(_checksum, buffer[..count]);
        _position += count;
        if (_position == member.Length && _checksum != member.Checksum)
        {
            throw new ModelToolsException(ErrorCode.ChecksumMismatch, $"The bytes of the member '{member.Name}' do not match their checksum.") { Path = path, Location = member.Name };
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inflated.Dispose();
        }

        base.Dispose(disposing);
    }

    private int ReadInflated(Span<byte> buffer)
    {
        try
        {
            return inflated.Read(buffer);
        }
        catch (InvalidDataException error)
        {
            throw new ModelToolsException(ErrorCode.CorruptArchive, $"The member '{member.Name}' cannot be inflated.", error) { Path = path, Location = member.Name };
        }
    }
}
