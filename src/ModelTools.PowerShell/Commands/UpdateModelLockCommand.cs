using System.Management.Automation;
using ModelTools.Infrastructure;
using ModelTools.Validation;

namespace ModelTools.Commands;

/// <summary>Update-ModelLock: accepts what models are now; without a path, all models of the lock.</summary>
[Cmdlet(VerbsData.Update, "ModelLock", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(ModelLock))]
public sealed class UpdateModelLockCommand : ModelLockCmdlet
{
    private ModelLock _models = new();

    /// <summary>Pass the lock on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        _models = ModelLock.Read(FullLockPath);
        var gone = _models.Gone(FullLockPath);
        foreach (var entry in gone)
        {
            WriteWarning($"There is no model '{entry.Path}' any more; its entry leaves the lock.");
        }

        _models = _models.Without(gone);
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var path in ModelsOf(_models).ToList())
        {
            ForOne(path, () =>
            {
                var contract = RunWithProgress($"Reading {System.IO.Path.GetFileName(path)}", (progress, cancellation) => ModelContract.Of(path, null, progress, cancellation));
                _models = _models.With(contract, path, FullLockPath);
            });
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (ShouldProcess(FullLockPath, "Update the lock"))
        {
            _models.Write(FullLockPath, force: true);
        }

        if (PassThru)
        {
            WriteObject(_models);
        }
    }
}
