using System.Management.Automation;
using ModelTools.Infrastructure;
using ModelTools.Models;
using ModelTools.Parameters;
using ModelTools.Torch;
using ModelTools.Torch.Training;

namespace ModelTools.Commands;

/// <summary>Measure-Model: computes loss and metrics of a model on data. Keras: <c>evaluate</c>.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Model")]
[OutputType(typeof(PSObject))]
public sealed class MeasureModelCommand : ModelToolsCmdlet
{
    /// <summary>The model, with a training configuration.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>The samples.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("X")]
    public object InputData { get; set; } = null!;

    /// <summary>The answers that the model should give.</summary>
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

    /// <inheritdoc/>
    protected override void Process()
    {
        var data = new TrainingData(
            TensorArguments.For(InputData, Model.IsBuilt ? [.. Model.InputSpecs.Select(spec => spec.Name!)] : [], "input"),
            TensorArguments.For(Target, Model.IsBuilt ? [.. Model.OutputSpecs.Select(spec => spec.Name!)] : [], "output"),
            SampleWeight is null ? null : TensorArguments.For(SampleWeight, [], "weight"));
        var measurements = RunWithProgress("Measuring", (progress, cancellation) =>
            Evaluator.Evaluate(Model, data, new PredictionOptions { BatchSize = BatchSize, Progress = progress, Cancellation = cancellation }));

        // One object whose properties are the figures, as Keras's return_dict gives them.
        WriteObject(Figures.Of(Model.Name, measurements));
    }
}
