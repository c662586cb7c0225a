using System.Management.Automation;

namespace ModelTools.Host.Commands;

/// <summary>A cmdlet that needs all of its input before it can answer.</summary>
internal abstract class ObjectListCommand : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Everything that came through the pipeline.</summary>
    protected List<PSObject> Input { get; } = [];

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            Input.Add(InputObject);
        }
    }
}
