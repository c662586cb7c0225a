using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats;

/// <summary>Reads the values of many tensors into memory, side by side.</summary>
public static class TensorLoader
{
    /// <summary>Reads all tensors; large ones on several processors at once.</summary>
    /// <param name="tensors">The tensors as they lie in a file.</param>
    /// <param name="names">Their names, for progress.</param>
    /// <param name="progress">Told the bytes read.</param>
    /// <param name="cancellation">Stops between blocks of tensors.</param>
    /// <returns>The same tensors in memory, in the same order.</returns>
    /// <exception cref="ModelToolsException">The first failure.</exception>
    public static IReadOnlyList<Tensor> LoadAll(IReadOnlyList<Tensor> tensors, IReadOnlyList<string> names, IProgress<OperationProgress>? progress = null, CancellationToken cancellation = default)
    {
        var total = tensors.Sum(tensor => tensor.Data.Length);
        var done = 0L;
        var loaded = new Tensor[tensors.Count];
        try
        {
            Parallel.For(0, tensors.Count, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, index =>
            {
                loaded[index] = tensors[index].Load(cancellation);
                progress?.Report(new OperationProgress(names[index], Interlocked.Add(ref done, tensors[index].Data.Length), total));
            });
        }
        catch (AggregateException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (AggregateException error) when (error.Flatten().InnerExceptions.OfType<ModelToolsException>().FirstOrDefault() is { } first)
        {
            throw first;
        }

        return loaded;
    }
}
