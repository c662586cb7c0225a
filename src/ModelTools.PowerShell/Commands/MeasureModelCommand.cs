using System.Management.Automation;
using ModelTools.Infrastructure;
using ModelTools.Torch;

namespace ModelTools.Commands;

/// <summary>Measure-Model: computes loss and metrics of a model on data. Keras: <c>evaluate</c>.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Model")]
[OutputType(typeof(PSObject))]
public sealed class MeasureModelCommand : ModelDataCmdlet
{
    /// <inheritdoc/>
    protected override void Process()
    {
        var data = DataOf(InputData, Target, SampleWeight);
        var measurements = RunWithProgress("Measuring", (progress, cancellation) =>
            Evaluator.Evaluate(Model, data, new PredictionOptions { BatchSize = BatchSize, Progress = progress, Cancellation = cancellation }));

        // One object whose properties are the figures, as Keras's return_dict gives them.
        WriteObject(Figures.Of(Model.Name, measurements));
    }
}
