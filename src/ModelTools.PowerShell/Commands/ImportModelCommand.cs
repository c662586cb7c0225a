using System.Management.Automation;
using ModelTools.Completion;
using ModelTools.Formats;
using ModelTools.Infrastructure;
using ModelTools.Models;
using ModelTools.Parameters;

namespace ModelTools.Commands;

/// <summary>Import-Model: reads a whole model from any format. Keras: <c>load_model</c>.</summary>
[Cmdlet(VerbsData.Import, "Model", DefaultParameterSetName = "Path")]
[OutputType(typeof(Model))]
public sealed class ImportModelCommand : ModelFileCmdlet
{
    /// <summary>The model to which the weights belong, or its file, for files that hold weights only.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LiteralPathCompleter))]
    public PSObject? Structure { get; set; }

    /// <summary>Leave out optimizer, losses and metrics.</summary>
    [Parameter]
    public SwitchParameter NoTrainingState { get; set; }

    /// <inheritdoc/>
    protected override void ProcessFile(string path)
    {
        var structure = ModelArgument.StructureOf(Structure, Paths);
        WriteObject(RunWithProgress($"Reading {System.IO.Path.GetFileName(path)}", (progress, cancellation) =>
            ModelFile.Load(path, new ModelReadOptions { TrainingState = !NoTrainingState, Progress = progress, Cancellation = cancellation }, structure)));
    }
}
