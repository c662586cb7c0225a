using ModelTools.Diagnostics;

namespace ModelTools.Formats;

/// <summary>What a conversion did.</summary>
public sealed record ConversionReport
{
    /// <summary>Full path of the model that was read.</summary>
    public required string Source { get; init; }

    /// <summary>Full path of the model that was written.</summary>
    public required string Target { get; init; }

    /// <summary>The format's name.</summary>
    public required string SourceFormat { get; init; }

    /// <summary>The format's name.</summary>
    public required string TargetFormat { get; init; }

    /// <summary>Bytes of all files that were read.</summary>
    public long SourceBytes { get; init; }

    /// <summary>Bytes of all files that were written.</summary>
    public long TargetBytes { get; init; }

    /// <summary>What the target holds.</summary>
    public ModelParts Kept { get; init; }

    /// <summary>What the source holds and the target does not.</summary>
    public ModelParts Dropped { get; init; }

    /// <summary>What deserves a warning.</summary>
    public IReadOnlyList<ModelFinding> Findings { get; init => field = value.ToArray(); } = [];
}
