namespace ModelTools.Diagnostics;

/// <summary>How much a file may ask for while it is read. One immutable object for all formats.</summary>
/// <remarks>Every size that a file declares is checked against the bytes that are there before memory is taken; these limits come on top.</remarks>
public sealed record ModelReadLimits
{
    /// <summary>Limits for files of any origin: the default.</summary>
    public static ModelReadLimits Default { get; } = new();

    /// <summary>Deepest nesting of groups, JSON values, nested models and messages.</summary>
    public int MaximumDepth { get; init; } = 128;

    /// <summary>Most objects (groups, datasets, graph nodes, records) in one file.</summary>
    public int MaximumObjects { get; init; } = 1_000_000;

    /// <summary>Longest JSON or text block, in bytes.</summary>
    public long MaximumTextBytes { get; init; } = 64L << 20;

    /// <summary>Largest protocol buffer message read whole, in bytes (protobuf's own limit is 2 GiB).</summary>
    public long MaximumMessageBytes { get; init; } = int.MaxValue;

    /// <summary>Declared bytes per stored byte above which compressed or sparse data is a bomb (applies from <see cref="ExpansionFloorBytes"/> on).</summary>
    public int MaximumExpansion { get; init; } = 1000;

    /// <summary>Size below which <see cref="MaximumExpansion"/> is not applied, in bytes.</summary>
    public long ExpansionFloorBytes { get; init; } = 16L << 20;
}
