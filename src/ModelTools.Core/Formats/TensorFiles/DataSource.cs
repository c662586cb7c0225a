using ModelTools.Diagnostics;
using ModelTools.Formats.Zip;
using ModelTools.Tensors;

namespace ModelTools.Formats.TensorFiles;

/// <summary>The bytes of one data file from begin to end, inflated where they are compressed, never more than the limits allow.</summary>
internal sealed class DataSource : IDisposable
{
    private const int PeekLength = 1024;

    private readonly Stream _stream;
    private readonly byte[] _peeked = new byte[PeekLength];
    private readonly int _peekedLength;
    private readonly long _limit;
    private readonly bool _lengthIsKnown;
    private readonly string _path;
    private readonly TensorReadOptions _options;
    private long _position;

    private DataSource(Stream stream, string path, long limit, bool lengthIsKnown, TensorReadOptions options)
    {
        _stream = stream;
        _path = path;
        _options = options;
        _limit = limit;
        _lengthIsKnown = lengthIsKnown;
        _peekedLength = ReadUpTo(_peeked);
    }

    /// <summary>Whether the bytes come out of a compressed file.</summary>
    public bool IsInflated => !_lengthIsKnown;

    /// <summary>The first bytes, up to 1024.</summary>
    public ReadOnlySpan<byte> Peek => _peeked.AsSpan(0, _peekedLength);

    /// <summary>A file, inflated if it is a gzip file.</summary>
    public static DataSource Open(SourceFile file, TensorReadOptions options)
    {
        var limits = options.Limits;
        var plain = new DataSource(new SourceStream(file), file.Path, file.Length, true, options);
        if (plain.Peek is not [0x1F, 0x8B, 8, ..])
        {
            return plain;
        }

        var limit = Math.Max(limits.ExpansionFloorBytes, file.Length > long.MaxValue / limits.MaximumExpansion ? long.MaxValue : file.Length * limits.MaximumExpansion);
        return new DataSource(new CheckedGzipStream(file), file.Path, limit, false, options);
    }

    /// <summary>A member of an archive.</summary>
    public static DataSource Open(ZipReader archive, ZipMember member, string path, TensorReadOptions options) => new(archive.Open(member), path, member.Length, true, options);

    /// <summary>Reads bytes; all of them or an error.</summary>
    public void Read(Span<byte> destination)
    {
        var count = Take(destination);
        if (count < destination.Length)
        {
            throw Truncated();
        }
    }

    /// <summary>Passes bytes.</summary>
    public void Skip(long count)
    {
        var peeked = (int)Math.Clamp(_peekedLength - _position, 0, count);
        _position += peeked;
        count -= peeked;
        if (_stream.CanSeek)
        {
            _stream.Seek(count, SeekOrigin.Current);
            _position += count;
            return;
        }

        var buffer = new byte[(int)Math.Min(count, 1 << 16)];
        while (count > 0)
        {
            var step = (int)Math.Min(count, buffer.Length);
            Read(buffer.AsSpan(0, step));
            count -= step;
        }
    }

    /// <summary>The error for data that cannot be there, before memory is taken for them.</summary>
    /// <param name="length">How many bytes from here on the header declares.</param>
    public void CheckDeclared(long length)
    {
        if (length <= _limit - _position)
        {
            return;
        }

        throw _lengthIsKnown ? Truncated() : new ModelToolsException(ErrorCode.SizeLimit, $"The file declares {length} bytes of data, far more than its compressed bytes can hold.") { Path = _path };
    }

    /// <summary>The error for bytes after the end of the data.</summary>
    public void ExpectEnd()
    {
        Span<byte> next = stackalloc byte[1];
        if (Take(next) != 0)
        {
            throw Corrupt("it goes on after the end of its data");
        }
    }

    /// <summary>All bytes that are left.</summary>
    public byte[] ReadRest()
    {
        var rest = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (var count = Take(buffer); count > 0; count = Take(buffer))
        {
            if (rest.Length + count > Array.MaxLength)
            {
                throw new ModelToolsException(ErrorCode.SizeLimit, "The file is too large to be read at once.") { Path = _path };
            }

            rest.Write(buffer, 0, count);
        }

        return rest.ToArray();
    }

    /// <summary>The bytes that are left, as a stream.</summary>
    public Stream AsStream() => new RestStream(this);

    /// <summary>An error that says what is wrong with the file's content.</summary>
    public ModelToolsException Corrupt(string what, Exception? inner = null) =>
        new(ErrorCode.CorruptTensorFile, $"The file is damaged: {what}.", inner) { Path = _path };

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private ModelToolsException Truncated() => new(ErrorCode.Truncated, "The file ends before its data do.") { Path = _path };

    /// <summary>Takes bytes, first those that were peeked at; fewer only at the end.</summary>
    private int Take(Span<byte> destination)
    {
        var count = 0;
        if (_position < _peekedLength)
        {
            count = (int)Math.Min(_peekedLength - _position, destination.Length);
            _peeked.AsSpan((int)_position, count).CopyTo(destination);
        }

        _position += count;
        if (count < destination.Length)
        {
            var more = ReadUpTo(destination[count..]);
            _position += more;
            count += more;
        }

        return count;
    }

    private int ReadUpTo(Span<byte> destination)
    {
        _options.Cancellation.ThrowIfCancellationRequested();
        _options.Progress?.Report(new OperationProgress(Path.GetFileName(_path), _position, _lengthIsKnown ? _limit : 0));
        try
        {
            var count = _stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
            return _position <= _limit - count ? count : throw new ModelToolsException(ErrorCode.SizeLimit, $"The file inflates to more than {_limit} bytes.") { Path = _path };
        }
        catch (InvalidDataException error)
        {
            throw Corrupt("its compressed bytes cannot be inflated", error);
        }
    }

    private sealed class RestStream(DataSource source) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer) => source.Take(buffer);

        public override int Read(byte[] buffer, int offset, int count) => source.Take(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
