using System.Collections;
using System.Management.Automation;

namespace ModelTools.Host.Commands;

[Cmdlet(VerbsCommunications.Write, "Host")]
internal sealed class WriteHostCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    [Alias("Msg", "Message")]
    public object? Object { get; set; }

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    [Parameter]
    public object Separator { get; set; } = " ";

    [Parameter]
    public ConsoleColor ForegroundColor { get; set; } = (ConsoleColor)(-1);

    [Parameter]
    public ConsoleColor BackgroundColor { get; set; } = (ConsoleColor)(-1);

    protected override void ProcessRecord()
    {
        var message = new HostInformationMessage { Message = Text(Object), NoNewLine = NoNewline };
        if (MyInvocation.BoundParameters.ContainsKey(nameof(ForegroundColor)) || MyInvocation.BoundParameters.ContainsKey(nameof(BackgroundColor)))
        {
            message.ForegroundColor = ForegroundColor >= 0 ? ForegroundColor : ConsoleColor.Gray;
            message.BackgroundColor = BackgroundColor >= 0 ? BackgroundColor : ConsoleColor.Black;
        }

        // The tag makes the engine show it whatever $InformationPreference says.
        WriteInformation(message, ["PSHOST"]);
    }

    private string Text(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => "",
        string text => text,
        IEnumerable sequence => string.Join(Separator.ToString(), sequence.Cast<object?>().Select(Text)),
        var single => PSObject.AsPSObject(single).ToString(),
    };
}
