using ModelTools.Diagnostics;

namespace ModelTools.Torch;

/// <summary>How a long computation over data is done.</summary>
public sealed record PredictionOptions
{
    /// <summary>Samples per step. Keras: <c>batch_size</c>, 32.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Hears after each step how many of all samples are done.</summary>
    public IProgress<OperationProgress>? Progress { get; init; }

    /// <summary>Stops the work between two steps.</summary>
    public CancellationToken Cancellation { get; init; }
}
