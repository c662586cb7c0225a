namespace ModelTools.Packaging;

/// <summary>What goes into a package of models.</summary>
public sealed record ModelPackageOptions
{
    /// <summary>The largest package that the public gallery takes: 250 MB.</summary>
    public const long DefaultMaximumBytes = 250L << 20;

    /// <summary>The models: files, directories or checkpoints' prefixes.</summary>
    public required IReadOnlyList<string> Models { get; init => field = value.ToArray(); }

    /// <summary>The package's name, such as <c>Acme.Digits.Model</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The package's version, such as <c>1.0.0</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Who made the models.</summary>
    public string Authors { get; init => field = value.Length == 0 ? field : value; } = "unknown";

    /// <summary>What they are.</summary>
    public string? Description { get; init; }

    /// <summary>A licence expression such as <c>MIT</c>.</summary>
    public string? License { get; init; }

    /// <summary>A lock that the models are held against before they are packed.</summary>
    public string? LockPath { get; init; }

    /// <summary>Where the package is written.</summary>
    public string OutputFolder { get; init; } = ".";

    /// <summary>Most bytes of the package.</summary>
    public long MaximumBytes { get; init; } = DefaultMaximumBytes;

    /// <summary>Replace a package that exists.</summary>
    public bool Force { get; init; }

    /// <summary>Stops writing; nothing is left.</summary>
    public CancellationToken Cancellation { get; init; }
}
