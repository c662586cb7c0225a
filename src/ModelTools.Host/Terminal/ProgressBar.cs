using System.Diagnostics;
using System.Management.Automation;

namespace ModelTools.Host.Terminal;

/// <summary>One line at the bottom of the terminal that says what is being done and how far it is.</summary>
/// <remarks>Drawn on standard error, and only where both streams reach a terminal, so that no log ever holds it.</remarks>
/// <param name="output">Where to draw.</param>
/// <param name="enabled">Whether to draw at all.</param>
internal sealed class ProgressBar(TextWriter output, bool enabled)
{
    private const int BarWidth = 30;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private long _lastDrawn;
    private bool _visible;

    public void Update(ProgressRecord record, int width)
    {
        if (!enabled)
        {
            return;
        }

        if (record.RecordType == ProgressRecordType.Completed)
        {
            Hide();
            return;
        }

        if (_lastDrawn != 0 && Stopwatch.GetElapsedTime(_lastDrawn) < Interval)
        {
            return;
        }

        _lastDrawn = Stopwatch.GetTimestamp();
        _visible = true;
        output.Write($"\r\u001b[K{Text(record, width - 1)}");
    }

    public void Hide()
    {
        if (_visible)
        {
            _visible = false;
            output.Write("\r\u001b[K");
        }
    }

    private static string Text(ProgressRecord record, int width)
    {
        var text = record.Activity == record.StatusDescription ? record.Activity : $"{record.Activity}: {record.StatusDescription}";
        if (record.PercentComplete >= 0)
        {
            var filled = Math.Clamp(record.PercentComplete, 0, 100) * BarWidth / 100;
            text = $"[{new string('=', filled)}{new string(' ', BarWidth - filled)}] {record.PercentComplete,3}% {text}";
        }

        return text.Length > width ? text[..Math.Max(width, 0)] : text;
    }
}
