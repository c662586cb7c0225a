using System.Management.Automation;
using ModelTools.Models;
using ModelTools.Parameters;
using ModelTools.Tensors;
using ModelTools.Torch.Training;

namespace ModelTools.Infrastructure;

/// <summary>What the cmdlets have in common that take a model and samples with their answers.</summary>
public abstract class ModelDataCmdlet : ModelToolsCmdlet
{
    /// <summary>The model, with a training configuration.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>The samples: a tensor or array; a list or a hashtable by name for several inputs.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("X")]
    public object InputData { get; set; } = null!;

    /// <summary>The answers that the model should give, in the same form.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("Y")]
    public object Target { get; set; } = null!;

    /// <summary>Weight of each sample.</summary>
    [Parameter]
    public object? SampleWeight { get; set; }

    /// <summary>Samples per step.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int BatchSize { get; set; } = 32;

    /// <summary>Samples and answers in the order of the model's inputs and outputs.</summary>
    private protected TrainingData DataOf(object inputs, object targets, object? weights) => new(
        TensorArguments.For(inputs, NamesOf(model => model.InputSpecs), "input"),
        TensorArguments.For(targets, NamesOf(model => model.OutputSpecs), "output"),
        weights is null ? null : TensorArguments.For(weights, [], "weight"));

    // Names are known once the model is built; one that is not has one input and one output.
    private string[] NamesOf(Func<Model, IReadOnlyList<TensorSpec>> specs) => Model.IsBuilt ? [.. specs(Model).Select(spec => spec.Name!)] : [];
}
