using ModelTools.Diagnostics;

namespace ModelTools.Validation;

/// <summary>How models are compared.</summary>
public sealed record ComparisonOptions
{
    /// <summary>The defaults.</summary>
    public static ComparisonOptions Default { get; } = new();

    /// <summary>How far two numbers may be apart, relative to the larger of 1 and their size; 0 for equal bits.</summary>
    public double Tolerance { get; init; }

    /// <summary>Compare the numbers of weights too.</summary>
    public bool Values { get; init; } = true;

    /// <summary>Limits for the files.</summary>
    public ModelReadLimits Limits { get; init; } = ModelReadLimits.Default;

    /// <summary>Told the bytes of weights that are read.</summary>
    public IProgress<OperationProgress>? Progress { get; init; }

    /// <summary>Stops.</summary>
    public CancellationToken Cancellation { get; init; }
}
