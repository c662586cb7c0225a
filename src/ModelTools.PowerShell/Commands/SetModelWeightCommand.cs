using System.Management.Automation;
using ModelTools.Completion;
using ModelTools.Diagnostics;
using ModelTools.Infrastructure;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Parameters;
using ModelTools.Tensors;

namespace ModelTools.Commands;

/// <summary>Set-ModelWeight: gives a weight of a model new numbers.</summary>
[Cmdlet(VerbsCommon.Set, "ModelWeight", SupportsShouldProcess = true)]
[OutputType(typeof(Model))]
public sealed class SetModelWeightCommand : ModelToolsCmdlet
{
    /// <summary>The model.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>The weight's name, such as dense/kernel.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(ExactWeightNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The numbers, of the weight's shape; they are converted to its type.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public object Value { get; set; } = null!;

    /// <summary>Pass the model on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        List<Variable> found = [.. Model.Variables.Where(variable => string.Equals(variable.FullName, Name, StringComparison.OrdinalIgnoreCase))];
        var variable = found.Count switch
        {
            1 => found[0],
            0 => throw new ModelToolsException(ErrorCode.UnknownName, $"The model {Model.Name} has no weight '{Name}'. Its weights are {string.Join(", ", Model.Variables.Select(each => each.FullName))}."),
            _ => throw new ModelToolsException(ErrorCode.UnknownName, $"The model {Model.Name} has {found.Count} weights '{Name}'.") { Advice = "Give the layers names of their own." },
        };
        if (ShouldProcess($"{Model.Name}: {variable}", "Set the weight"))
        {
            variable.Value = TensorArguments.One(Value).Cast(variable.DType, Cancellation);
        }

        if (PassThru)
        {
            WriteObject(Model);
        }
    }
}
