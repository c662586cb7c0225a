using System.Management.Automation;

namespace ModelTools.Host.Commands;

[Cmdlet(VerbsCommon.Split, "Path", DefaultParameterSetName = "Parent")]
internal sealed class SplitPathCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath", "LP")]
    public string[] Path { get; set; } = [];

    [Parameter(ParameterSetName = "Parent")]
    public SwitchParameter Parent { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "Leaf")]
    public SwitchParameter Leaf { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "LeafBase")]
    public SwitchParameter LeafBase { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "Extension")]
    public SwitchParameter Extension { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "IsAbsolute")]
    public SwitchParameter IsAbsolute { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            var paths = SessionState.Path;
            WriteObject(ParameterSetName switch
            {
                "Leaf" => paths.ParseChildName(path),
                "LeafBase" => System.IO.Path.GetFileNameWithoutExtension(paths.ParseChildName(path)),
                "Extension" => System.IO.Path.GetExtension(paths.ParseChildName(path)),
                "IsAbsolute" => paths.IsPSAbsolute(path, out _) || paths.IsProviderQualified(path),
                _ => paths.ParseParent(path, root: ""),
            });
        }
    }
}
