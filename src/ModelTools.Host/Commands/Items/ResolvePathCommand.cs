using System.Management.Automation;

namespace ModelTools.Host.Commands;

[Cmdlet(VerbsDiagnostic.Resolve, "Path", DefaultParameterSetName = PathSet)]
internal sealed class ResolvePathCommand : ItemCommand
{
    [Parameter]
    public SwitchParameter Relative { get; set; }

    protected override void ProcessRecord() => ForEachPath(path =>
    {
        foreach (var resolved in SessionState.Path.GetResolvedPSPathFromPSPath(IsLiteral ? WildcardPattern.Escape(path) : path))
        {
            WriteObject(Relative ? RelativeTo(resolved.ProviderPath) : resolved);
        }
    });

    private string RelativeTo(string path)
    {
        var relative = System.IO.Path.GetRelativePath(SessionState.Path.CurrentFileSystemLocation.ProviderPath, path);
        return relative.StartsWith('.') ? relative : System.IO.Path.Combine(".", relative);
    }
}

[Cmdlet(VerbsData.Convert, "Path", DefaultParameterSetName = PathSet)]
internal sealed class ConvertPathCommand : ItemCommand
{
    protected override void ProcessRecord() => ForEachPath(path => WriteObject(Files(path), enumerateCollection: true));
}
