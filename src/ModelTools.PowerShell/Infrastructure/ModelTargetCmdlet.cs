using System.Management.Automation;
using ModelTools.Completion;
using ModelTools.Formats;
using ModelTools.Models;

namespace ModelTools.Infrastructure;

/// <summary>What the cmdlets have in common that write a model.</summary>
public abstract class ModelTargetCmdlet : ModelToolsCmdlet
{
    /// <summary>The model.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>The target.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LiteralPathCompleter))]
    public string Path { get; set; } = "";

    /// <summary>Leave out optimizer, losses and metrics.</summary>
    [Parameter]
    public SwitchParameter NoTrainingState { get; set; }

    /// <summary>Replace a target that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Pass the written file or folder on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What is written, for -WhatIf: <c>Save the model</c>.</summary>
    protected abstract string Action { get; }

    /// <inheritdoc/>
    protected sealed override void Process()
    {
        var target = Paths.Target(Path);
        if (!ShouldWrite(target, $"{Action} {Model.Name}", Force))
        {
            return;
        }

        RunWithProgress($"Writing {System.IO.Path.GetFileName(target)}", (progress, cancellation) =>
            Write(target, new ModelWriteOptions { Force = Force, TrainingState = !NoTrainingState, Progress = progress, Cancellation = cancellation }));
        if (PassThru)
        {
            WriteItem(ModelFiles.MainOf(target));
        }
    }

    /// <summary>Writes.</summary>
    protected abstract void Write(string target, ModelWriteOptions options);
}
