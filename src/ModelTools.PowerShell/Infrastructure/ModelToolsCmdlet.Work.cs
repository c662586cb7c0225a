using System.Management.Automation;
using ModelTools.Diagnostics;

namespace ModelTools.Infrastructure;

/// <content>Long work, and writing to files.</content>
public abstract partial class ModelToolsCmdlet
{
    /// <summary>Paths as this session understands them.</summary>
    internal PathResolver Paths => new(SessionState.Path);

    /// <summary>Runs work that takes a while on a worker thread and shows how far it is.</summary>
    /// <param name="activity">Title of the progress bar, for example <c>Converting digits.h5</c>.</param>
    /// <param name="work">The work: it reports progress, and ends early with <see cref="OperationCanceledException"/> when it is cancelled.</param>
    /// <returns>What the work returns.</returns>
    internal TResult RunWithProgress<TResult>(string activity, Func<IProgress<OperationProgress>, CancellationToken, TResult> work)
    {
        using var bar = new ProgressWriter(this, activity);
        return PipelineWorker.Run(work, bar.Write, Cancellation);
    }

    /// <inheritdoc cref="RunWithProgress{TResult}"/>
    internal void RunWithProgress(string activity, Action<IProgress<OperationProgress>, CancellationToken> work) =>
        RunWithProgress<object?>(activity, (progress, cancellation) =>
        {
            work(progress, cancellation);
            return null;
        });

    /// <summary>Runs work that reports things of its own; <paramref name="onReport"/> may write objects, warnings and progress.</summary>
    internal TResult RunBeside<TReport, TResult>(Func<IProgress<TReport>, CancellationToken, TResult> work, Action<TReport> onReport) =>
        PipelineWorker.Run(work, onReport, Cancellation);

    /// <summary>Passes a file or folder on as Get-Item would: with the columns and members that PowerShell adds.</summary>
    /// <param name="path">Its full path.</param>
    internal void WriteItem(string path) => WriteObject(InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);

    /// <summary>Whether to write to a target: asks as <c>-WhatIf</c> and <c>-Confirm</c> demand, and refuses to replace what is there without <c>-Force</c>.</summary>
    /// <param name="target">Full path of the file or folder to write.</param>
    /// <param name="action">What would be done, for example <c>Save model</c>.</param>
    /// <param name="force">The cmdlet's <c>-Force</c>.</param>
    /// <exception cref="ModelToolsException">MT6001 the folder to write into does not exist, MT6002 the target exists and <paramref name="force"/> is not given.</exception>
    internal bool ShouldWrite(string target, string action, bool force)
    {
        if (!force && Path.Exists(target))
        {
            throw new ModelToolsException(ErrorCode.TargetExists, $"'{target}' exists already.") { Path = target };
        }

        if (Path.GetDirectoryName(target) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            throw new ModelToolsException(ErrorCode.PathNotFound, $"The folder '{folder}' does not exist.")
            {
                Path = folder,
                Advice = "Create the folder first, or choose another path.",
            };
        }

        return ShouldProcess(target, action);
    }
}
