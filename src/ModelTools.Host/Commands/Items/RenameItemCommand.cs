using System.Management.Automation;

namespace ModelTools.Host.Commands;

[Cmdlet(VerbsCommon.Rename, "Item", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
internal sealed class RenameItemCommand : PSCmdlet
{
    private const string PathSet = "Path";

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string Path { get; set; } = "";

    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string LiteralPath { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    public string NewName { get; set; } = "";

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        var renamed = InvokeProvider.Item.Rename(ParameterSetName == PathSet ? Path : WildcardPattern.Escape(LiteralPath), NewName, Force);
        if (PassThru)
        {
            WriteObject(renamed, enumerateCollection: true);
        }
    }
}
