using System.Management.Automation;
using ModelTools.Completion;
using ModelTools.Infrastructure;
using ModelTools.Packaging;

namespace ModelTools.Commands;

/// <summary>New-ModelPackage: makes a NuGet package of models, which checks them where it is used.</summary>
[Cmdlet(VerbsCommon.New, "ModelPackage", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(PackageReport))]
public sealed class NewModelPackageCommand : ModelFileCmdlet
{
    private readonly List<string> _models = [];

    /// <summary>The package's name.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Id { get; set; } = "";

    /// <summary>The package's version.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Version { get; set; } = "1.0.0";

    /// <summary>The folder to write to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LiteralPathCompleter))]
    public string OutputFolder { get; set; } = ".";

    /// <summary>Who made the models.</summary>
    [Parameter]
    public string Author { get; set; } = "";

    /// <summary>What they are.</summary>
    [Parameter]
    public string? Description { get; set; }

    /// <summary>A licence expression such as MIT.</summary>
    [Parameter]
    public string? License { get; set; }

    /// <summary>A lock that the models must keep.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LiteralPathCompleter))]
    public string? LockPath { get; set; }

    /// <summary>Most bytes of the package.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long MaximumSize { get; set; } = ModelPackageOptions.DefaultMaximumBytes;

    /// <summary>Replace a package that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessFile(string path) => _models.Add(path);

    /// <inheritdoc/>
    protected override void End()
    {
        var folder = Paths.Target(OutputFolder);
        if (_models.Count == 0 || !ShouldWrite(System.IO.Path.Combine(folder, $"{Id}.{Version}.nupkg"), $"Pack {_models.Count} models", Force))
        {
            return;
        }

        WriteObject(RunWithProgress($"Packing {Id}", (_, cancellation) => ModelPackage.Create(new ModelPackageOptions
        {
            Models = _models,
            Id = Id,
            Version = Version,
            OutputFolder = folder,
            Authors = Author,
            Description = Description,
            License = License,
            LockPath = LockPath is null ? null : Paths.Target(LockPath),
            MaximumBytes = MaximumSize,
            Force = Force,
            Cancellation = cancellation,
        })));
    }
}
