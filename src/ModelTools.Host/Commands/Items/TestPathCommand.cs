using System.Management.Automation;

namespace ModelTools.Host.Commands;

[Cmdlet(VerbsDiagnostic.Test, "Path", DefaultParameterSetName = PathSet)]
internal sealed class TestPathCommand : ItemCommand
{
    [Parameter]
    [Alias("Type")]
    [ValidateSet("Any", "Container", "Leaf")]
    public string PathType { get; set; } = "Any";

    [Parameter]
    public SwitchParameter IsValid { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Targets)
        {
            WriteObject(IsValid ? SessionState.Path.IsValid(path) : Exists(path));
        }
    }

    private bool Exists(string path)
    {
        try
        {
            return !string.IsNullOrWhiteSpace(path)
                && InvokeProvider.Item.Exists(path, force: true, IsLiteral)
                && (PathType == "Any" || (PathType == "Container") == InvokeProvider.Item.IsContainer(IsLiteral ? WildcardPattern.Escape(path) : path));
        }
        catch (RuntimeException error) when (error is ItemNotFoundException or System.Management.Automation.DriveNotFoundException)
        {
            return false;
        }
    }
}
