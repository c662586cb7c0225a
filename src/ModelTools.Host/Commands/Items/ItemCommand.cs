using System.Management.Automation;

namespace ModelTools.Host.Commands;

/// <summary>A cmdlet over the items of a provider: <c>-Path</c> with wildcards, <c>-LiteralPath</c> without.</summary>
internal abstract class ItemCommand : PSCmdlet
{
    protected const string PathSet = "Path";
    protected const string LiteralPathSet = "LiteralPath";

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public virtual string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    protected bool IsLiteral => ParameterSetName == LiteralPathSet;

    protected string[] Targets => IsLiteral ? LiteralPath : Path;

    /// <summary>Does something with each path; a provider's error is reported and the next path goes on.</summary>
    protected void ForEachPath(Action<string> action)
    {
        foreach (var path in Targets)
        {
            try
            {
                action(path);
            }
            catch (RuntimeException error) when (error is not (PipelineStoppedException or ActionPreferenceStopException))
            {
                WriteError(new ErrorRecord(error.ErrorRecord, error));
            }
        }
    }

    /// <summary>Full paths of the file system for a path that exists.</summary>
    protected IReadOnlyList<string> Files(string path)
    {
        if (!IsLiteral)
        {
            return GetResolvedProviderPathFromPSPath(path, out _);
        }

        // Resolves through the provider, so that what is missing is reported as PowerShell reports it.
        InvokeProvider.Item.Get([path], force: true, literalPath: true);
        return [SessionState.Path.GetUnresolvedProviderPathFromPSPath(path)];
    }
}
