using System.Management.Automation;

namespace ModelTools.Host.Commands;

[Cmdlet(VerbsCommon.Get, "Location")]
internal sealed class GetLocationCommand : PSCmdlet
{
    protected override void ProcessRecord() => WriteObject(SessionState.Path.CurrentLocation);
}

/// <summary>What the cmdlets that go to another location have in common.</summary>
internal abstract class LocationCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string Path { get; set; } = "~";

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string? LiteralPath { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected void Go()
    {
        var location = SessionState.Path.SetLocation(LiteralPath is null ? Path : WildcardPattern.Escape(LiteralPath));
        if (PassThru)
        {
            WriteObject(location);
        }
    }
}

[Cmdlet(VerbsCommon.Set, "Location")]
internal sealed class SetLocationCommand : LocationCommand
{
    protected override void ProcessRecord() => Go();
}

[Cmdlet(VerbsCommon.Push, "Location")]
internal sealed class PushLocationCommand : LocationCommand
{
    protected override void ProcessRecord()
    {
        SessionState.Path.PushCurrentLocation(stackName: null);
        if (LiteralPath is not null || MyInvocation.BoundParameters.ContainsKey(nameof(Path)))
        {
            Go();
        }
    }
}

[Cmdlet(VerbsCommon.Pop, "Location")]
internal sealed class PopLocationCommand : PSCmdlet
{
    protected override void ProcessRecord() => SessionState.Path.PopLocation(stackName: null);
}
