using System.Management.Automation;
using ModelTools.Completion;
using ModelTools.Infrastructure;
using ModelTools.Validation;

namespace ModelTools.Commands;

/// <summary>New-ModelLock: writes down what models are, so that a change is noticed.</summary>
[Cmdlet(VerbsCommon.New, "ModelLock", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(ModelLock))]
public sealed class NewModelLockCommand : ModelFileCmdlet
{
    private ModelLock _models = new();

    /// <summary>The lock to write; paths in it are relative to it.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LiteralPathCompleter))]
    public string LockPath { get; set; } = "models.lock.json";

    /// <summary>Replace a lock that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Pass the lock on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessFile(string path)
    {
        var contract = RunWithProgress($"Reading {System.IO.Path.GetFileName(path)}", (progress, cancellation) => ModelContract.Of(path, null, progress, cancellation));
        _models = _models.With(contract, path, Paths.Target(LockPath));
    }

    /// <inheritdoc/>
    protected override void End()
    {
        var target = Paths.Target(LockPath);
        if (_models.Models.Count == 0 || !ShouldWrite(target, $"Lock {_models.Models.Count} models", Force))
        {
            return;
        }

        _models.Write(target, Force);
        if (PassThru)
        {
            WriteObject(_models);
        }
    }
}
