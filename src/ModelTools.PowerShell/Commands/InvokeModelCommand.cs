using System.Management.Automation;
using ModelTools.Infrastructure;
using ModelTools.Models;
using ModelTools.Parameters;
using ModelTools.Tensors;
using ModelTools.Torch;

namespace ModelTools.Commands;

/// <summary>Invoke-Model: computes a model's outputs. Keras: <c>predict</c>.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Model")]
[OutputType(typeof(Tensor))]
public sealed class InvokeModelCommand : ModelToolsCmdlet
{
    /// <summary>The model.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>The samples: a tensor or array; a list or a hashtable by name for several inputs.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("X")]
    public object InputData { get; set; } = null!;

    /// <summary>Samples per step.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int BatchSize { get; set; } = 32;

    /// <inheritdoc/>
    protected override void Process()
    {
        var inputs = TensorArguments.For(InputData, Model.IsBuilt ? [.. Model.InputSpecs.Select(spec => spec.Name!)] : [], "input");
        var outputs = RunWithProgress("Predicting", (progress, cancellation) =>
        {
            using var predictor = new Predictor(Model);
            return predictor.Predict(inputs, new PredictionOptions { BatchSize = BatchSize, Progress = progress, Cancellation = cancellation });
        });
        WriteObject(outputs, enumerateCollection: true);
    }
}
