using Microsoft.Win32.SafeHandles;
using ModelTools.Diagnostics;

namespace ModelTools.Tensors;

/// <summary>A file that is open for positional reads. The one way in which ModelTools opens a model file to read it.</summary>
public sealed class SourceFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    private SourceFile(string path, SafeFileHandle handle, long length)
    {
        Path = path;
        _handle = handle;
        Length = length;
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>Length in bytes when it was opened.</summary>
    public long Length { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="ModelToolsException">MT6001 or MT6003.</exception>
    public static SourceFile Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            if (SpecialFiles.IsSpecial(full))
            {
                throw new ModelToolsException(ErrorCode.AccessDenied, $"'{full}' is a pipe or a device, not a file.")
                {
                    Path = full,
                    Advice = "Write the content to a file first.",
                };
            }

            var handle = File.OpenHandle(full, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.RandomAccess);
            return new SourceFile(full, handle, RandomAccess.GetLength(handle));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelToolsException(ErrorCode.PathNotFound, $"There is no file '{full}'.", error) { Path = full };
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new ModelToolsException(ErrorCode.AccessDenied, $"The file '{full}' cannot be opened: {error.Message}", error) { Path = full };
        }
    }

    /// <summary>Reads bytes at a position; all of them or an error.</summary>
    /// <exception cref="ModelToolsException">MT1002: the file ends before; MT6003: it cannot be read.</exception>
    public void Read(long position, Span<byte> destination)
    {
        try
        {
            while (destination.Length > 0)
            {
                var count = RandomAccess.Read(_handle, destination, position);
                if (count <= 0)
                {
                    throw new ModelToolsException(ErrorCode.Truncated, $"The file ends at byte {position}, in the middle of data.") { Path = Path };
                }

                destination = destination[count..];
                position += count;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            throw new ModelToolsException(ErrorCode.AccessDenied, $"The file '{Path}' cannot be read: {error.Message}", error) { Path = Path };
        }
    }

    /// <summary>Reads bytes at a position into a new array.</summary>
    public byte[] Read(long position, int length)
    {
        if (position < 0 || length < 0 || position > Length - length)
        {
            throw new ModelToolsException(ErrorCode.Truncated, $"The file holds {Length} bytes; {length} more are expected at {position}.") { Path = Path };
        }

        var bytes = new byte[length];
        Read(position, bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
