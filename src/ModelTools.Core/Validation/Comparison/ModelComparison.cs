namespace ModelTools.Validation;

/// <summary>What two models have apart.</summary>
public sealed record ModelComparison
{
    /// <summary>The first model: its path, or its name.</summary>
    public required string Reference { get; init; }

    /// <summary>The second model.</summary>
    public required string Difference { get; init; }

    /// <summary>True if nothing is breaking or compatible: the models compute the same.</summary>
    public bool AreEqual => Differences.All(difference => difference.Kind is DifferenceKind.Cosmetic);

    /// <summary>The differences, breaking ones first.</summary>
    public IReadOnlyList<ModelDifference> Differences { get; init => field = value.ToArray(); } = [];

    /// <summary>The largest absolute difference between two numbers of weights; null where values were not compared.</summary>
    public double? LargestValueDifference { get; init; }

    /// <summary>The weight in which it is; null where all numbers are equal.</summary>
    public string? LargestValueLocation { get; init; }
}
