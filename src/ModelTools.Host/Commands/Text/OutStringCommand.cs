using System.Management.Automation;
using ModelTools.Host.Terminal;

namespace ModelTools.Host.Commands;

[Cmdlet(VerbsData.Out, "String")]
internal sealed class OutStringCommand : ObjectListCommand
{
    [Parameter]
    public SwitchParameter Stream { get; set; }

    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; }

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    protected override void EndProcessing()
    {
        var text = DisplayText.Of(this, Input, Width > 0 ? Width : null);
        if (Stream)
        {
            WriteObject(DisplayText.Lines(text), enumerateCollection: true);
        }
        else
        {
            WriteObject(NoNewline ? text.ReplaceLineEndings("") : text);
        }
    }
}
