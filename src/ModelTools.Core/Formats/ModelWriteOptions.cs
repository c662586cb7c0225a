using ModelTools.Diagnostics;
using ModelTools.Formats.SavedModel;
using ModelTools.Objects;

namespace ModelTools.Formats;

/// <summary>How a model is written.</summary>
public sealed record ModelWriteOptions
{
    /// <summary>The defaults.</summary>
    public static ModelWriteOptions Default { get; } = new();

    /// <summary>Replace a target that exists.</summary>
    public bool Force { get; init; }

    /// <summary>Write optimizer, losses and metrics, and where the optimizer stands.</summary>
    public bool TrainingState { get; init; } = true;

    /// <summary>The generation of Keras to write for; null for the format's own choice.</summary>
    public KerasDialect? Dialect { get; init; }

    /// <summary>How loops over time are written into a graph (SavedModel).</summary>
    public RecurrentLowering RecurrentLowering { get; init; }

    /// <summary>Told how far writing is, in bytes of weights.</summary>
    public IProgress<OperationProgress>? Progress { get; init; }

    /// <summary>Stops writing; the target stays as it was.</summary>
    public CancellationToken Cancellation { get; init; }
}
