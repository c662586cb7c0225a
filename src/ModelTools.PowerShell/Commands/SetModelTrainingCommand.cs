using System.Management.Automation;
using ModelTools.Completion;
using ModelTools.Infrastructure;
using ModelTools.Models;
using ModelTools.Parameters;

namespace ModelTools.Commands;

/// <summary>Set-ModelTraining: gives a model its optimizer, loss and metrics. Keras: <c>compile</c>.</summary>
[Cmdlet(VerbsCommon.Set, "ModelTraining")]
[OutputType(typeof(Model))]
public sealed class SetModelTrainingCommand : ModelToolsCmdlet
{
    /// <summary>The model.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>An optimizer's name, or one of New-ModelOptimizer.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(OptimizerClassCompleter))]
    public object? Optimizer { get; set; }

    /// <summary>A loss's name, or one of New-ModelLoss; a list or a hashtable by output for several outputs.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(LossClassCompleter))]
    public object? Loss { get; set; }

    /// <summary>Metrics by name; a hashtable by output for several outputs.</summary>
    [Parameter(Position = 2)]
    [ArgumentCompleter(typeof(MetricClassCompleter))]
    public object? Metric { get; set; }

    /// <summary>Weights of the outputs' losses, in the outputs' order or as a hashtable.</summary>
    [Parameter]
    public object? LossWeight { get; set; }

    /// <summary>Pass the model on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        Model.Training = TrainingArguments.Create(Optimizer ?? "RMSprop", Loss, Metric, LossWeight);
        Model.OptimizerState = null;
        if (PassThru)
        {
            WriteObject(Model);
        }
    }
}
