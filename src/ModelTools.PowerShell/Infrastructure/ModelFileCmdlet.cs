using System.Management.Automation;

namespace ModelTools.Infrastructure;

/// <summary>A cmdlet that reads files: <c>-Path</c> with wildcards, <c>-LiteralPath</c> without, one failure does not end the pipeline.</summary>
public abstract class ModelFileCmdlet : ModelToolsCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>Files or folders; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files or folders, taken exactly as written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected sealed override void Process()
    {
        var literal = ParameterSetName == LiteralPathSet;
        foreach (var given in literal ? LiteralPath : Path)
        {
            ForOne(given, () =>
            {
                foreach (var file in literal ? [Paths.ExistingLiteral(given)] : Paths.Existing(given))
                {
                    ForOne(file, () => ProcessFile(file));
                }
            });
        }
    }

    /// <summary>Handles one file or folder.</summary>
    /// <param name="path">Its full path.</param>
    protected abstract void ProcessFile(string path);
}
