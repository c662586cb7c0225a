using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace ModelTools.Infrastructure;

/// <summary>Runs work beside the pipeline and hands its reports to the pipeline thread, the only one that may write.</summary>
internal static class PipelineWorker
{
    private const int QueueLength = 64;

    /// <summary>Runs <paramref name="work"/> on a worker thread until it ends; <paramref name="onReport"/> sees its reports, in order, on the calling thread.</summary>
    /// <remarks>
    /// A worker that reports faster than the pipeline reads waits. If <paramref name="onReport"/> throws (the pipeline was
    /// stopped), the work is cancelled and awaited before the exception goes on: nothing is left running.
    /// </remarks>
    public static TResult Run<TReport, TResult>(
        Func<IProgress<TReport>, CancellationToken, TResult> work, Action<TReport> onReport, CancellationToken stopping)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var reports = new BlockingCollection<TReport>(QueueLength);
        var worker = Task.Run(() =>
        {
            try
            {
                return work(new QueueProgress<TReport>(reports, cancellation.Token), cancellation.Token);
            }
            finally
            {
                reports.CompleteAdding();
            }
        });

        ExceptionDispatchInfo? stopped = null;
        // Not cancelled itself: it ends when the worker does.
        foreach (var report in reports.GetConsumingEnumerable(CancellationToken.None))
        {
            if (stopped is not null)
            {
                continue;
            }

            try
            {
                onReport(report);
            }
            catch (Exception error)
            {
                stopped = ExceptionDispatchInfo.Capture(error);
                cancellation.Cancel();
            }
        }

        if (stopped is not null)
        {
            Task.WhenAny(worker).GetAwaiter().GetResult();
            stopped.Throw();
        }

        return worker.GetAwaiter().GetResult();
    }

    private sealed class QueueProgress<TReport>(BlockingCollection<TReport> queue, CancellationToken stopping) : IProgress<TReport>
    {
        public void Report(TReport value)
        {
            stopping.ThrowIfCancellationRequested();
            queue.Add(value, stopping);
        }
    }
}
