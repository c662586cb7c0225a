using System.Management.Automation;
using ModelTools.Diagnostics;

namespace ModelTools.Infrastructure;

/// <summary>What every cmdlet of the module is: cancellable, and a translator of errors into PowerShell's own.</summary>
/// <remarks>
/// A cmdlet overrides <see cref="Begin"/>, <see cref="Process"/> and <see cref="End"/>. An exception that leaves
/// <see cref="Process"/> fails that one input and not the pipeline; one that leaves the others ends the pipeline.
/// </remarks>
public abstract partial class ModelToolsCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Signalled when the user stops the pipeline.</summary>
    protected CancellationToken Cancellation => _stopping.Token;

    /// <summary>Called once, before the first input.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>Called for each input.</summary>
    protected virtual void Process()
    {
    }

    /// <summary>Called once, after the last input.</summary>
    protected virtual void End()
    {
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Guard(Begin, ThrowTerminatingError);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(Process, WriteError);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(End, ThrowTerminatingError);

    /// <inheritdoc/>
    /// <remarks>Runs on another thread: it only asks. The pipeline thread cleans up.</remarks>
    protected sealed override void StopProcessing() => _stopping.Cancel();

    /// <summary>Does one part of the work so that its failure is reported and the rest goes on: one bad file among two hundred.</summary>
    /// <param name="target">What the part is about, for errors that do not say it themselves.</param>
    /// <param name="work">The part.</param>
    protected void ForOne(object? target, Action work) => Guard(work, WriteError, target);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the cmdlet holds; called even when the pipeline was stopped.</summary>
    /// <param name="disposing">True: called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stopping.Dispose();
        }
    }

    private void Guard(Action work, Action<ErrorRecord> report, object? target = null)
    {
        try
        {
            work();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (ModelToolsException error)
        {
            report(ErrorRecords.From(error, target));
        }
        catch (Exception error) when (!IsPowerShells(error))
        {
            report(ErrorRecords.From(error, target));
        }
    }

    /// <summary>Whether PowerShell itself threw it: stopped pipelines, terminating errors, script errors pass through unchanged.</summary>
    private static bool IsPowerShells(Exception error) => error is RuntimeException or PipelineStoppedException or InvalidOperationException { Source: "System.Management.Automation" };
}
