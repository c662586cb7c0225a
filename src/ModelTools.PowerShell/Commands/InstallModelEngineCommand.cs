using System.Management.Automation;
using ModelTools.Completion;
using ModelTools.Display;
using ModelTools.Infrastructure;
using ModelTools.Torch.Installation;

namespace ModelTools.Commands;

/// <summary>Install-ModelEngine: fetches the native libraries that predict and train, from the NuGet sources of this machine.</summary>
[Cmdlet(VerbsLifecycle.Install, "ModelEngine", SupportsShouldProcess = true)]
[OutputType(typeof(EngineInstallation))]
public sealed class InstallModelEngineCommand : ModelToolsCmdlet
{
    /// <summary>Names of configured sources, addresses of feeds, or folders with packages; every enabled source if not given.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LiteralPathCompleter))]
    public string[] Source { get; set; } = [];

    /// <summary>Install even if it is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Tell what is installed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void End()
    {
        if (EngineInstaller.NamedFolder is { } named)
        {
            WriteWarning($"The environment variable MODELTOOLS_TORCH names the folder '{named}'; while it is set, the engine is looked for there and nowhere else.");
        }

        var target = EngineInstaller.Folder;
        var installation = Force ? null : EngineInstaller.Find(target);
        if (installation is not null)
        {
            WriteVerbose($"The engine is installed already in '{target}'.");
        }
        else if (ShouldProcess(target, $"Install the engine ({DisplayText.Bytes(EngineInstaller.DownloadSize)} to fetch)"))
        {
            installation = RunWithProgress("Installing the engine", (progress, cancellation) =>
                EngineInstaller.Install(target, Paths.Target("."), Source, progress, cancellation));
        }

        if (PassThru && installation is not null)
        {
            WriteObject(installation);
        }
    }
}
