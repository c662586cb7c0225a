using System.Diagnostics;
using ModelTools.Diagnostics;
using ModelTools.Torch.Training;

namespace ModelTools.Infrastructure;

/// <summary>What the pipeline hears of a training: how far it is, or an epoch that is done.</summary>
/// <param name="Progress">For the progress bar, or null.</param>
/// <param name="Epoch">The epoch that has just ended, or null.</param>
internal sealed record TrainingNews(OperationProgress? Progress, EpochResult? Epoch);

/// <summary>Passes on what a training does, on its own thread, a few times a second.</summary>
internal sealed class TrainingReporter(IProgress<TrainingNews> news) : ITrainingObserver
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();

    /// <inheritdoc/>
    public void BatchDone(TrainingProgress progress, ITrainingControl training)
    {
        // Reading the figures waits for the engine: rarely.
        if (_sinceLast.Elapsed >= Interval)
        {
            _sinceLast.Restart();
            var done = ((progress.Epoch - 1) * (long)progress.Batches) + progress.Batch;
            news.Report(new TrainingNews(new OperationProgress($"Epoch {progress.Epoch}/{progress.Epochs}, step {progress.Batch}/{progress.Batches}: {Figures(progress.Read())}", done, progress.Epochs * (long)progress.Batches), null));
        }
    }

    /// <inheritdoc/>
    public void EpochDone(EpochResult result, ITrainingControl training) => news.Report(new TrainingNews(null, result));

    private static string Figures(IReadOnlyList<Measurement> measurements) =>
        string.Join("  ", measurements.Select(measurement => FormattableString.Invariant($"{measurement.Name} {measurement.Value:0.0000}")));
}
