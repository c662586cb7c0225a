using ModelTools.Diagnostics;

namespace ModelTools.Validation;

/// <summary>What was found in a model.</summary>
public sealed record ValidationReport
{
    /// <summary>Full path.</summary>
    public required string Path { get; init; }

    /// <summary>The format's name; null for a file that is no model.</summary>
    public string? Format { get; init; }

    /// <summary>True if no finding is an error.</summary>
    public bool IsValid => Findings.All(finding => finding.Severity is not FindingSeverity.Error);

    /// <summary>The findings, errors first.</summary>
    public IReadOnlyList<ModelFinding> Findings { get; init => field = value.ToArray(); } = [];
}
