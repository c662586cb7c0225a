using Microsoft.Build.Framework;
using ModelTools.Packaging;

namespace ModelTools.MSBuild;

/// <summary>Packs models into a NuGet package of their own.</summary>
[MSBuildMultiThreadableTask]
public sealed class PackageModels : ModelTask
{
    /// <summary>The package's name.</summary>
    [Required]
    public string PackageId { get; set; } = "";

    /// <summary>The package's version.</summary>
    [Required]
    public string PackageVersion { get; set; } = "";

    /// <summary>Where it is written.</summary>
    [Required]
    public string OutputFolder { get; set; } = "";

    /// <summary>Who made the models.</summary>
    public string? Authors { get; set; }

    /// <summary>What they are.</summary>
    public string? Description { get; set; }

    /// <summary>A licence expression.</summary>
    public string? License { get; set; }

    /// <summary>Most bytes of the package.</summary>
    public long MaximumBytes { get; set; } = ModelPackageOptions.DefaultMaximumBytes;

    /// <summary>The package.</summary>
    [Output]
    public string? PackagePath { get; set; }

    /// <inheritdoc/>
    protected override void Run()
    {
        var report = ModelPackage.Create(new ModelPackageOptions
        {
            Models = [.. Items.Select(item => item.Path).Distinct()],
            Id = PackageId,
            Version = PackageVersion,
            OutputFolder = Root(OutputFolder),
            Authors = Authors ?? "",
            Description = Description,
            License = License,
            MaximumBytes = MaximumBytes,
            Force = true,
            Cancellation = Cancellation,
        });
        PackagePath = report.Path;
        Log.LogMessage(MessageImportance.High, "Packed {0} files into {1}", report.Files.Count, report.Path);
    }
}
