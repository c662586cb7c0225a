using System.Management.Automation;
using ModelTools.Completion;
using ModelTools.Formats;
using ModelTools.Infrastructure;
using ModelTools.Models;

namespace ModelTools.Commands;

/// <summary>Import-ModelWeights: reads weights into a model, all or nothing. Keras: <c>load_weights</c>.</summary>
[Cmdlet(VerbsData.Import, "ModelWeights", DefaultParameterSetName = "Path")]
[OutputType(typeof(Model))]
public sealed class ImportModelWeightsCommand : ModelToolsCmdlet
{
    private const int Named = 5;

    /// <summary>The model.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>A weights file, a whole model's file, or a checkpoint's prefix.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LiteralPathCompleter))]
    public string Path { get; set; } = "";

    /// <summary>The same, taken as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string LiteralPath { get; set; } = "";

    /// <summary>Match layers by name instead of by order.</summary>
    [Parameter]
    public SwitchParameter ByName { get; set; }

    /// <summary>Leave weights out whose shape does not fit, with a warning.</summary>
    [Parameter]
    public SwitchParameter SkipMismatch { get; set; }

    /// <summary>Pass the model on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var path = Paths.Target(ParameterSetName == "Path" ? Path : LiteralPath);
        var report = RunWithProgress($"Reading {System.IO.Path.GetFileName(path)}", (progress, cancellation) => ModelFile.LoadWeights(
            Model, path, new ModelReadOptions { ByName = ByName, SkipMismatch = SkipMismatch, Progress = progress, Cancellation = cancellation }));
        WriteVerbose($"{report.Matches.Count} weights were read from '{path}'.");
        Warn(report.Mismatched, "left out because of its shape", "left out because of their shapes");
        Warn(report.Missing, "weight is not in the file and keeps its values", "weights are not in the file and keep their values");
        Warn(report.Unused, "stored tensor belongs to no weight", "stored tensors belong to no weight");

        if (PassThru)
        {
            WriteObject(Model);
        }
    }

    // A checkpoint of a trained model may hold hundreds of tensors that a model without an optimizer has no place for.
    private void Warn(IReadOnlyList<string> names, string one, string several)
    {
        if (names.Count > 0)
        {
            WriteWarning($"{names.Count} {(names.Count == 1 ? one : several)}: {string.Join(", ", names.Take(Named))}{(names.Count > Named ? " … (-Verbose names all)" : "")}.");
            foreach (var name in names.Skip(Named))
            {
                WriteVerbose($"Also {several}: {name}");
            }
        }
    }
}
