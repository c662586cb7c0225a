using Microsoft.Win32.SafeHandles;

namespace ModelTools.Formats;

/// <summary>Brings large files to the disk while they are still being written, so that little is left to wait for at the end.</summary>
internal sealed class EarlyFlush : IDisposable
{
    private const long Step = 32 << 20;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(5);

    private readonly (SafeFileHandle Handle, long[] Flushed)[] _files;
    private readonly object _working = new();
    private readonly Timer _timer;
    private IOException? _failure;
    private bool _isOver;

    /// <summary>Begins.</summary>
    /// <param name="streams">The files; they stay open until this object is disposed.</param>
    public EarlyFlush(IReadOnlyList<FileStream> streams)
    {
        _files = [.. streams.Select(stream => (stream.SafeFileHandle, new long[1]))];
        _timer = new Timer(_ => Tick(), null, Period, Period);
    }

    /// <summary>Ends the early work; what is still missing is for the caller to flush.</summary>
    /// <exception cref="IOException">A part could not be written: systems say so once, and it was said here.</exception>
    public void Complete()
    {
        Dispose();
        if (_failure is not null)
        {
            throw new IOException(_failure.Message, _failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_working)
        {
            _isOver = true;
        }
    }

    private void Tick()
    {
        if (!Monitor.TryEnter(_working))
        {
            return;
        }

        try
        {
            foreach (var (handle, flushed) in _files)
            {
                if (!_isOver && _failure is null && RandomAccess.GetLength(handle) is var length && length >= flushed[0] + Step)
                {
                    RandomAccess.FlushToDisk(handle);
                    flushed[0] = length;
                }
            }
        }
        catch (IOException error)
        {
            _failure = error;
        }
        finally
        {
            Monitor.Exit(_working);
        }
    }
}
