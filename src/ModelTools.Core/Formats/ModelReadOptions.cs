using ModelTools.Diagnostics;

namespace ModelTools.Formats;

/// <summary>How a model is read.</summary>
public sealed record ModelReadOptions
{
    /// <summary>The defaults.</summary>
    public static ModelReadOptions Default { get; } = new();

    /// <summary>Limits for the file.</summary>
    public ModelReadLimits Limits { get; init; } = ModelReadLimits.Default;

    /// <summary>Read optimizer, losses and metrics, and where the optimizer stands.</summary>
    public bool TrainingState { get; init; } = true;

    /// <summary>Skip weights whose shape does not fit instead of failing (Keras: <c>skip_mismatch</c>).</summary>
    public bool SkipMismatch { get; init; }

    /// <summary>Match layers by name instead of by order (Keras: <c>by_name</c>).</summary>
    public bool ByName { get; init; }

    /// <summary>Takes what deserves a warning: unknown layers, a training configuration that cannot be read; null if nobody listens.</summary>
    public ICollection<ModelFinding>? Findings { get; init; }

    /// <summary>Told how far reading is, in bytes of weights.</summary>
    public IProgress<OperationProgress>? Progress { get; init; }

    /// <summary>Stops reading.</summary>
    public CancellationToken Cancellation { get; init; }
}
