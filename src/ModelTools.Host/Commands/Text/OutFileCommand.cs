using System.Management.Automation;

namespace ModelTools.Host.Commands;

/// <summary>Also what the redirection <c>&gt; file</c> runs.</summary>
[Cmdlet(VerbsData.Out, "File", DefaultParameterSetName = "FilePath", SupportsShouldProcess = true)]
internal sealed class OutFileCommand : ObjectListCommand
{
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "FilePath")]
    [Alias("Path")]
    public string FilePath { get; set; } = "";

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    public string LiteralPath { get; set; } = "";

    [Parameter(Position = 1)]
    public string Encoding { get; set; } = "utf8";

    [Parameter]
    public SwitchParameter Append { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; }

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    protected override void EndProcessing()
    {
        var path = GetUnresolvedProviderPathFromPSPath(ParameterSetName == "FilePath" ? FilePath : LiteralPath);
        if (NoClobber && !Append && File.Exists(path))
        {
            ThrowTerminatingError(new ErrorRecord(new IOException($"The file '{path}' already exists."), "NoClobber", ErrorCategory.ResourceExists, path));
        }

        if (!ShouldProcess(path, "Output to file"))
        {
            return;
        }

        var text = DisplayText.Of(this, Input, Width > 0 ? Width : null);
        using var writer = new StreamWriter(path, Append, TextEncodings.Find(Encoding));
        writer.Write(NoNewline ? text.ReplaceLineEndings("") : text);
    }
}
