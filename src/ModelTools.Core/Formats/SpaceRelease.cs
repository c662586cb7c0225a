using Microsoft.Win32.SafeHandles;

namespace ModelTools.Formats;

/// <summary>Holds large files that are about to be replaced or deleted, so that nobody waits while the system takes back their space.</summary>
/// <remarks>The space of a file without a name is free when its last user closes it: here that happens beside what the caller does next. Windows refuses to replace open files, so there it does nothing.</remarks>
internal sealed class SpaceRelease : IDisposable
{
    private const long Least = 16 << 20;

    private readonly List<SafeFileHandle> _held = [];

    /// <summary>Holds a file, if it is there and large.</summary>
    public void Hold(string path)
    {
        var file = new FileInfo(path);
        if (OperatingSystem.IsWindows() || !file.Exists || file.Length < Least)
        {
            return;
        }

        try
        {
            _held.Add(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A file that cannot be opened can still be replaced, only not as fast.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_held.Count > 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(held => held.ForEach(handle => handle.Dispose()), _held, preferLocal: false);
        }
    }
}
