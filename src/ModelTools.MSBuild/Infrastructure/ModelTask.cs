using Microsoft.Build.Framework;
using ModelTools.Diagnostics;

namespace ModelTools.MSBuild;

/// <summary>What the tasks have in common: models, paths rooted in the project, cancellation, and errors as IDEs want them.</summary>
public abstract class ModelTask : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _cancelling = new();
    private readonly HashSet<(string Code, string File, string Text)> _reported = [];

    /// <summary>Folder of the project; every relative path is relative to it.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>The models: <c>ModelFile</c> items.</summary>
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>Signalled when the build is cancelled.</summary>
    protected CancellationToken Cancellation => _cancelling.Token;

    /// <inheritdoc/>
    public void Cancel() => _cancelling.Cancel();

    /// <inheritdoc/>
    public sealed override bool Execute()
    {
        try
        {
            Guard(Run, ProjectDirectory);
        }
        catch (OperationCanceledException) when (_cancelling.IsCancellationRequested)
        {
            Log.LogMessage(MessageImportance.Normal, "Cancelled.");
            return false;
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>Does the work. What is wrong is logged or thrown as <see cref="ModelToolsException"/>.</summary>
    protected abstract void Run();

    /// <summary>The models with their settings.</summary>
    private protected IReadOnlyList<ModelItem> Items => [.. Models.Select(item => new ModelItem(item, ProjectDirectory))];

    /// <summary>Does the work for each model, so that what is wrong with one does not keep others from being looked at.</summary>
    /// <returns>Whether it was done for all.</returns>
    private protected bool ForEach(IEnumerable<ModelItem> items, Action<ModelItem> work)
    {
        var all = true;
        foreach (var item in items)
        {
            Cancellation.ThrowIfCancellationRequested();
            all &= Guard(() => work(item), item.Path);
        }

        return all;
    }

    /// <summary>Logs a finding with its code and file; once, though the same model may be listed several times.</summary>
    private protected void Report(ModelFinding finding, string path)
    {
        var file = finding.Path ?? path;
        var text = finding.Severity is FindingSeverity.Error ? $"{finding.Message} {finding.Advice}" : finding.Message;
        if (!_reported.Add((finding.Code.Id, file, text)))
        {
            return;
        }

        switch (finding.Severity)
        {
            case FindingSeverity.Error:
                Log.LogError(null, finding.Code.Id, null, file, 0, 0, 0, 0, "{0}", text);
                break;
            case FindingSeverity.Warning:
                Log.LogWarning(null, finding.Code.Id, null, file, 0, 0, 0, 0, "{0}", text);
                break;
            case FindingSeverity.Information:
                Log.LogMessage(null, finding.Code.Id, null, file, 0, 0, 0, 0, MessageImportance.Normal, "{0}", text);
                break;
        }
    }

    /// <summary>A path rooted in the project's folder.</summary>
    private protected string Root(string path) => Path.GetFullPath(path, ProjectDirectory);

    private bool Guard(Action work, string path)
    {
        try
        {
            work();
            return true;
        }
        catch (ModelToolsException error)
        {
            Report(ModelFinding.Of(error), path);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Report(new ModelFinding(ErrorCode.Defect, $"{error.GetType().Name}: {error.Message}", null) { Severity = FindingSeverity.Error }, path);
            Log.LogMessage(MessageImportance.Low, "{0}", error.ToString());
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the task holds.</summary>
    /// <param name="disposing">True: called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _cancelling.Dispose();
        }
    }
}
