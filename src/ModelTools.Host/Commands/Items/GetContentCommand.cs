using System.Management.Automation;

namespace ModelTools.Host.Commands;

[Cmdlet(VerbsCommon.Get, "Content", DefaultParameterSetName = PathSet)]
internal sealed class GetContentCommand : ItemCommand
{
    [Parameter]
    public SwitchParameter Raw { get; set; }

    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    [Parameter]
    public string Encoding { get; set; } = "utf8";

    [Parameter]
    [Alias("First", "Head")]
    [ValidateRange(0L, long.MaxValue)]
    public long TotalCount { get; set; } = -1;

    [Parameter]
    [Alias("Last")]
    [ValidateRange(0, int.MaxValue)]
    public int Tail { get; set; } = -1;

    protected override void ProcessRecord() => ForEachPath(path =>
    {
        foreach (var file in Files(path))
        {
            Read(file);
        }
    });

    private void Read(string file)
    {
        var encoding = TextEncodings.Find(Encoding);
        if (AsByteStream)
        {
            WriteObject(File.ReadAllBytes(file), enumerateCollection: !Raw);
        }
        else if (Raw)
        {
            WriteObject(File.ReadAllText(file, encoding));
        }
        else
        {
            var lines = File.ReadLines(file, encoding);
            lines = Tail >= 0 ? lines.TakeLast(Tail) : TotalCount >= 0 ? lines.Take((int)Math.Min(TotalCount, int.MaxValue)) : lines;
            foreach (var line in lines)
            {
                WriteObject(line);
            }
        }
    }
}
