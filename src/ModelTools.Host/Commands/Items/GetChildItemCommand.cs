using System.IO.Enumeration;
using System.Management.Automation;

namespace ModelTools.Host.Commands;

[Cmdlet(VerbsCommon.Get, "ChildItem", DefaultParameterSetName = PathSet)]
internal sealed class GetChildItemCommand : ItemCommand
{
    [Parameter(Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public override string[] Path { get; set; } = [""];

    [Parameter(Position = 1)]
    public string Filter { get; set; } = "*";

    [Parameter]
    public string[] Include { get; set; } = [];

    [Parameter]
    public string[] Exclude { get; set; } = [];

    [Parameter]
    [Alias("s")]
    public SwitchParameter Recurse { get; set; }

    [Parameter]
    public uint Depth { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter Name { get; set; }

    [Parameter]
    [Alias("ad")]
    public SwitchParameter Directory { get; set; }

    [Parameter]
    [Alias("af")]
    public SwitchParameter File { get; set; }

    protected override void ProcessRecord() => ForEachPath(path =>
    {
        var deep = MyInvocation.BoundParameters.ContainsKey(nameof(Depth));
        var items = InvokeProvider.ChildItem.Get([path], Recurse || deep, deep ? Depth : uint.MaxValue, Force, IsLiteral);
        foreach (var item in items.Where(IsWanted))
        {
            WriteObject(Name ? item.Properties["PSChildName"]?.Value ?? item : item);
        }
    });

    private bool IsWanted(PSObject item)
    {
        var name = item.Properties["PSChildName"]?.Value?.ToString() ?? item.ToString();
        return FileSystemName.MatchesWin32Expression(FileSystemName.TranslateWin32Expression(Filter), name)
            && (Include.Length == 0 || Array.Exists(Include, pattern => Matches(pattern, name)))
            && !Array.Exists(Exclude, pattern => Matches(pattern, name))
            && (!Directory || item.BaseObject is DirectoryInfo)
            && (!File || item.BaseObject is FileInfo);
    }

    private static bool Matches(string pattern, string name) => new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch(name);
}
