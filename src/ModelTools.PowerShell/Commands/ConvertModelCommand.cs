using System.Management.Automation;
using ModelTools.Completion;
using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Infrastructure;
using ModelTools.Objects;
using ModelTools.Parameters;

namespace ModelTools.Commands;

/// <summary>Convert-Model: writes models in another format; weights pass through one by one.</summary>
[Cmdlet(VerbsData.Convert, "Model", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(ConversionReport), typeof(FileSystemInfo))]
public sealed class ConvertModelCommand : ModelFileCmdlet
{
    /// <summary>The target: a file or folder to write, or a folder that exists, in which the model keeps its name; without it, beside the source.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LiteralPathCompleter))]
    public string? Destination { get; set; }

    /// <summary>The format; the destination's extension decides if it is not given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FormatCompleter))]
    public string? Format { get; set; }

    /// <summary>The model to which the weights belong, or its file, for files that hold weights only.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LiteralPathCompleter))]
    public PSObject? Structure { get; set; }

    /// <summary>The generation of Keras to write for; the format and the model decide if it is not given.</summary>
    [Parameter]
    public KerasDialect? Dialect { get; set; }

    /// <summary>Leave out optimizer, losses and metrics.</summary>
    [Parameter]
    public SwitchParameter NoTrainingState { get; set; }

    /// <summary>Replace a target that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Pass the written file or folder on instead of the report.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessFile(string path)
    {
        var format = Format is null ? null : ModelFormat.Named(Format);
        var target = TargetOf(path, format);
        if (!ShouldWrite(target, $"Convert '{path}'", Force))
        {
            return;
        }

        var structure = ModelArgument.StructureOf(Structure, Paths);
        var report = RunWithProgress($"Converting {System.IO.Path.GetFileName(path)}", (progress, cancellation) => ModelConversion.Convert(
            path,
            target,
            format,
            new ModelReadOptions { TrainingState = !NoTrainingState, Cancellation = cancellation },
            new ModelWriteOptions { Force = Force, TrainingState = !NoTrainingState, Dialect = Dialect, Progress = progress, Cancellation = cancellation },
            structure));
        foreach (var finding in report.Findings)
        {
            WriteWarning($"{finding.Code}: {finding.Message}");
        }

        if (PassThru)
        {
            WriteItem(ModelFiles.MainOf(target));
        }
        else
        {
            WriteObject(report);
        }
    }

    private string TargetOf(string path, IModelFormat? format)
    {
        var given = Destination is null ? System.IO.Path.GetDirectoryName(path)! : Paths.Target(Destination);
        if (Destination is not null && !Directory.Exists(given) && !System.IO.Path.EndsInDirectorySeparator(Destination))
        {
            return given;
        }

        return ModelConversion.TargetIn(path, given, format ?? throw new ModelToolsException(ErrorCode.InvalidArgument, $"Neither a format nor a file name says how '{path}' is to be written.")
        {
            Path = path,
            Advice = "Name the format with -Format, or a file with -Destination.",
        });
    }
}
