using System.Diagnostics;
using System.Management.Automation;
using ModelTools.Diagnostics;

namespace ModelTools.Infrastructure;

/// <summary>Writes progress records for one activity, at most ten in a second, and clears the bar at the end.</summary>
/// <remarks>Used on the pipeline thread only.</remarks>
internal sealed class ProgressWriter(Cmdlet cmdlet, string activity) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static int s_lastActivity = 6000;

    private readonly int _activity = Interlocked.Increment(ref s_lastActivity);
    private long _lastWritten;
    private bool _shown;

    /// <summary>Shows an update, or drops it if the last one is too fresh.</summary>
    public void Write(OperationProgress update)
    {
        if (_lastWritten != 0 && Stopwatch.GetElapsedTime(_lastWritten) < Interval)
        {
            return;
        }

        _lastWritten = Stopwatch.GetTimestamp();
        _shown = true;
        cmdlet.WriteProgress(new ProgressRecord(_activity, activity, update.Status.Length > 0 ? update.Status : activity)
        {
            PercentComplete = update.Percent is { } percent ? (int)Math.Clamp(percent, 0, 100) : -1,
        });
    }

    /// <summary>Clears the bar, if it was ever shown.</summary>
    public void Dispose()
    {
        if (_shown)
        {
            _shown = false;
            cmdlet.WriteProgress(new ProgressRecord(_activity, activity, activity) { RecordType = ProgressRecordType.Completed });
        }
    }
}
