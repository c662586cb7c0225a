using System.Management.Automation;

namespace ModelTools.Host.Commands;

/// <summary>What copying and moving have in common.</summary>
internal abstract class TransferItemCommand : ItemCommand
{
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public string Destination { get; set; } = ".";

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected void Answer(IEnumerable<PSObject> items)
    {
        if (PassThru)
        {
            WriteObject(items, enumerateCollection: true);
        }
    }
}

[Cmdlet(VerbsCommon.Copy, "Item", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
internal sealed class CopyItemCommand : TransferItemCommand
{
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    [Parameter]
    public SwitchParameter Container { get; set; } = true;

    protected override void ProcessRecord() => ForEachPath(path => Answer(InvokeProvider.Item.Copy(
        [path], Destination, Recurse, Container ? CopyContainers.CopyTargetContainer : CopyContainers.CopyChildrenOfTargetContainer, Force, IsLiteral)));
}

[Cmdlet(VerbsCommon.Move, "Item", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
internal sealed class MoveItemCommand : TransferItemCommand
{
    protected override void ProcessRecord() => ForEachPath(path => Answer(InvokeProvider.Item.Move([path], Destination, Force, IsLiteral)));
}
