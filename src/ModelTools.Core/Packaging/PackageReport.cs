namespace ModelTools.Packaging;

/// <summary>A package that was written.</summary>
public sealed record PackageReport
{
    /// <summary>Full path of the <c>.nupkg</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The package's name.</summary>
    public required string Id { get; init; }

    /// <summary>The package's version.</summary>
    public required string Version { get; init; }

    /// <summary>Bytes of the package.</summary>
    public required long Bytes { get; init; }

    /// <summary>Paths of the files inside, in order.</summary>
    public IReadOnlyList<string> Files { get; init => field = value.ToArray(); } = [];
}
