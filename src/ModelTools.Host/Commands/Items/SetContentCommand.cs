using System.Management.Automation;

namespace ModelTools.Host.Commands;

/// <summary>What the cmdlets that write the content of files have in common.</summary>
internal abstract class WriteContentCommand : PSCmdlet, IDisposable
{
    private readonly List<Stream> _files = [];

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path", ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object?[]? Value { get; set; }

    [Parameter]
    public string Encoding { get; set; } = "utf8";

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected abstract FileMode Mode { get; }

    protected override void BeginProcessing()
    {
        foreach (var path in ParameterSetName == "Path" ? Path : LiteralPath)
        {
            var file = GetUnresolvedProviderPathFromPSPath(path);
            if (ShouldProcess(file, "Write content"))
            {
                _files.Add(new FileStream(file, Mode, FileAccess.Write, FileShare.Read));
            }
        }
    }

    protected override void ProcessRecord()
    {
        foreach (var value in Value ?? [])
        {
            var bytes = AsByteStream
                ? [LanguagePrimitives.ConvertTo<byte>(value)]
                : TextEncodings.Find(Encoding).GetBytes(LanguagePrimitives.ConvertTo<string>(value) + (NoNewline ? "" : Environment.NewLine));
            _files.ForEach(file => file.Write(bytes));
        }

        if (PassThru)
        {
            WriteObject(Value, enumerateCollection: true);
        }
    }

    protected override void EndProcessing() => Dispose();

    public void Dispose()
    {
        _files.ForEach(file => file.Dispose());
        _files.Clear();
    }
}

[Cmdlet(VerbsCommon.Set, "Content", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
internal sealed class SetContentCommand : WriteContentCommand
{
    protected override FileMode Mode => FileMode.Create;
}

[Cmdlet(VerbsCommon.Add, "Content", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
internal sealed class AddContentCommand : WriteContentCommand
{
    protected override FileMode Mode => FileMode.Append;
}
