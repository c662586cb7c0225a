using System.Management.Automation;
using ModelTools.Completion;
using ModelTools.Objects;
using ModelTools.Parameters;
using ModelTools.Training;

namespace ModelTools.Commands;

/// <summary>New-ModelLoss: makes a loss for Set-ModelTraining.</summary>
[Cmdlet(VerbsCommon.New, "ModelLoss")]
[OutputType(typeof(Loss))]
public sealed class NewModelLossCommand : NewObjectCommand
{
    /// <summary>The loss's class, such as CategoricalCrossentropy.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(LossClassCompleter))]
    [ValidateNotNullOrEmpty]
    public override string ClassName { get; set; } = "";

    /// <inheritdoc/>
    protected override ObjectSchema? Find(string name) => ObjectRegistry<Loss>.Find(name);

    /// <inheritdoc/>
    protected override void Process() => WriteObject(Create<Loss>());
}
