using System.Management.Automation;
using ModelTools.Infrastructure;
using ModelTools.Validation;

namespace ModelTools.Commands;

/// <summary>Test-ModelLock: tells whether models are what their lock says; without a path, all models of the lock.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ModelLock", DefaultParameterSetName = "Path")]
[OutputType(typeof(bool), typeof(ValidationReport))]
public sealed class TestModelLockCommand : ModelLockCmdlet
{
    private ModelLock _models = new();

    /// <summary>Give a report for each model, with what has changed.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    protected override void Begin() => _models = ModelLock.Read(FullLockPath);

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var path in ModelsOf(_models))
        {
            ForOne(path, () =>
            {
                var report = RunWithProgress($"Checking {System.IO.Path.GetFileName(path)}", (progress, cancellation) =>
                    ModelValidator.Validate(path, new ValidationPolicy { LockPath = FullLockPath, CheckValues = false }, progress: progress, cancellation: cancellation));
                WriteObject(Detailed ? report : report.IsValid);
            });
        }
    }
}
