namespace ModelTools.Torch.Data;

/// <summary>The order in which an epoch takes the samples.</summary>
/// <param name="count">Number of samples.</param>
/// <param name="shuffle">False to take them as they lie.</param>
/// <param name="seed">Start of the random orders; null for others each time.</param>
internal sealed class SampleOrder(long count, bool shuffle, int? seed)
{
    private readonly long[] _rows = shuffle ? [.. Enumerable.Range(0, checked((int)count)).Select(row => (long)row)] : [];
    private readonly Random _random = seed is { } number ? new Random(number) : new Random();

    /// <summary>Chooses the order of the next epoch.</summary>
    public void Next() => _random.Shuffle(_rows);

    /// <summary>Reads the samples at places of the order.</summary>
    public SampleBatch Read(SampleSource source, long start, int length) =>
        shuffle ? source.Read(new ArraySegment<long>(_rows, (int)start, length)) : source.Read(start, length);
}
