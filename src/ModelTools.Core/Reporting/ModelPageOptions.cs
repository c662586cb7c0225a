using ModelTools.Diagnostics;

namespace ModelTools.Reporting;

/// <summary>What a page shows of a model, and how it is written.</summary>
public sealed record ModelPageOptions
{
    /// <summary>The defaults.</summary>
    public static ModelPageOptions Default { get; } = new();

    /// <summary>Read the weights and show their smallest, largest and mean number, deviation and histogram.</summary>
    public bool Values { get; init; } = true;

    /// <summary>The curves of a training; none are shown without.</summary>
    public IReadOnlyList<TrainingCurve> History { get; init; } = [];

    /// <summary>Replace a page that exists.</summary>
    public bool Force { get; init; }

    /// <summary>Told how far reading the weights is, in bytes.</summary>
    public IProgress<OperationProgress>? Progress { get; init; }

    /// <summary>Stops reading the weights.</summary>
    public CancellationToken Cancellation { get; init; }
}
