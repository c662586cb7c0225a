using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Tensors;

namespace ModelTools.Reporting;

/// <summary>A stored tensor of a file without structure.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Layer">The layer that the file names for it, or null.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Shape.</param>
/// <param name="Count">Number of numbers.</param>
/// <param name="ByteCount">Its bytes in the file.</param>
/// <param name="Statistics">What its numbers are like; null where they were not looked at.</param>
internal sealed record TensorData(string Name, string? Layer, string Type, string Shape, long Count, long ByteCount, ValueStatistics? Statistics);

/// <summary>Describes every tensor of a file, and looks at their numbers one tensor after the other.</summary>
internal static class TensorCollector
{
    /// <summary>The tensors in the order of the file's listing.</summary>
    public static IReadOnlyList<TensorData> Read(ModelInfo source, ModelPageOptions options)
    {
        var statistics = options.Values ? Statistics(source, options) : [];
        return [.. source.Tensors.Select(stored => new TensorData(
            stored.Name, stored.Layer, stored.Tensor.DType.Name(), stored.Tensor.Shape.ToString(), Math.Max(stored.Tensor.Shape.ElementCount, 0), stored.ByteCount, statistics.GetValueOrDefault(stored.Name)))];
    }

    private static Dictionary<string, ValueStatistics> Statistics(ModelInfo source, ModelPageOptions options)
    {
        var found = new Dictionary<string, ValueStatistics>(StringComparer.Ordinal);
        var (done, total) = (0L, source.Tensors.Sum(tensor => tensor.ByteCount));
        foreach (var (name, tensor) in ModelFormat.Detect(source.Path).ReadTensors(source.Path, new ModelReadOptions { Cancellation = options.Cancellation }))
        {
            options.Progress?.Report(new OperationProgress(name, done, total));
            if (ValueStatistics.CanDescribe(tensor.DType))
            {
                found[name] = ValueStatistics.Of(tensor, options.Cancellation);
            }

            done += tensor.Data.Length;
        }

        return found;
    }
}
