using System.Diagnostics;
using System.Management.Automation;

namespace ModelTools.Host.Commands;

[Cmdlet(VerbsDiagnostic.Measure, "Command")]
internal sealed class MeasureCommandCommand : PSCmdlet
{
    private TimeSpan _elapsed;

    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock Expression { get; set; } = null!;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        var started = Stopwatch.GetTimestamp();
        InvokeCommand.InvokeScript(useLocalScope: false, ScriptBlock.Create("$null = . $args[0] @($args[1])"), input: null, Expression, InputObject);
        _elapsed += Stopwatch.GetElapsedTime(started);
    }

    protected override void EndProcessing() => WriteObject(_elapsed);
}
