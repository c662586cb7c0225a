using System.Management.Automation;
using ModelTools.Completion;
using ModelTools.Objects;
using ModelTools.Parameters;
using ModelTools.Training;

namespace ModelTools.Commands;

/// <summary>New-ModelOptimizer: makes an optimizer for Set-ModelTraining.</summary>
[Cmdlet(VerbsCommon.New, "ModelOptimizer")]
[OutputType(typeof(Optimizer))]
public sealed class NewModelOptimizerCommand : NewObjectCommand
{
    /// <summary>The optimizer's class, such as Adam.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(OptimizerClassCompleter))]
    [ValidateNotNullOrEmpty]
    public override string ClassName { get; set; } = "";

    /// <inheritdoc/>
    protected override ObjectSchema? Find(string name) => ObjectRegistry<Optimizer>.Find(name);

    /// <inheritdoc/>
    protected override void Process() => WriteObject(Create<Optimizer>());
}
