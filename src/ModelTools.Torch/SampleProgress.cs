namespace ModelTools.Torch;

/// <summary>How far a computation over data has come.</summary>
/// <param name="Done">Samples that are done.</param>
/// <param name="Total">All samples.</param>
public readonly record struct SampleProgress(long Done, long Total);
