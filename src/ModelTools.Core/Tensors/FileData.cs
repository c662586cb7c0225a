using ModelTools.Diagnostics;

namespace ModelTools.Tensors;

/// <summary>Bytes that stay in a file and are read when they are asked for.</summary>
/// <remarks>Positional reads rather than a mapping: a file that shrinks under us is an error, not a crash of the process.</remarks>
public sealed class FileData : TensorData
{
    private readonly SourceFile _file;
    private readonly long _start;

    /// <summary>Makes a view of a part of a file.</summary>
    /// <param name="file">The open file; whoever opened it closes it.</param>
    /// <param name="start">First byte.</param>
    /// <param name="length">Number of bytes.</param>
    /// <exception cref="ModelToolsException">MT1002: the file is shorter.</exception>
    public FileData(SourceFile file, long start, long length)
    {
        if (start < 0 || length < 0 || start > file.Length - length)
        {
            throw new ModelToolsException(ErrorCode.Truncated, $"The file holds {file.Length} bytes, but data is said to lie at {start} to {start}+{length}.") { Path = file.Path };
        }

        _file = file;
        _start = start;
        Length = length;
    }

    /// <inheritdoc/>
    public override long Length { get; }

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + destination.Length, Length);
        _file.Read(_start + offset, destination);
    }

    /// <inheritdoc/>
    public override TensorData Slice(long offset, long length)
    {
        CheckSlice(offset, length);
        return new FileData(_file, _start + offset, length);
    }
}
