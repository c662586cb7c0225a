using ModelTools.Reporting;
using ModelTools.Torch.Training;

namespace ModelTools.Infrastructure;

/// <summary>Turns the records of a training into curves.</summary>
internal static class HistoryCurves
{
    /// <summary>One curve for each figure, in the order of the records; the learning rate too where it changes.</summary>
    public static IReadOnlyList<TrainingCurve> Of(IReadOnlyList<EpochResult> epochs)
    {
        int[] numbers = [.. epochs.Select(epoch => epoch.Epoch)];
        var curves = epochs.SelectMany(epoch => epoch.Measurements).Select(measurement => measurement.Name).Distinct()
            .Select(name => new TrainingCurve(name, numbers, [.. epochs.Select(epoch => epoch.Find(name) ?? double.NaN)]));
        return epochs.Select(epoch => epoch.LearningRate).Distinct().Count() > 1
            ? [.. curves, new TrainingCurve("learning_rate", numbers, [.. epochs.Select(epoch => epoch.LearningRate)])]
            : [.. curves];
    }
}
