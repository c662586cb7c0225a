using System.Management.Automation;
using ModelTools.Completion;
using ModelTools.Validation;

namespace ModelTools.Infrastructure;

/// <summary>What the cmdlets have in common that hold models against a lock: those that are named, or all that are in the lock.</summary>
public abstract class ModelLockCmdlet : ModelToolsCmdlet
{
    /// <summary>The models; wildcards are allowed. All of the lock if none is named.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The models, taken exactly as written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The lock.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LiteralPathCompleter))]
    public string LockPath { get; set; } = "models.lock.json";

    /// <summary>Full path of the lock.</summary>
    private protected string FullLockPath => Paths.Target(LockPath);

    /// <summary>Whether models are named at all.</summary>
    private protected bool IsNamed => ParameterSetName == "LiteralPath" || Path.Length > 0;

    /// <summary>The models that are named; all of the lock where none is.</summary>
    private protected IEnumerable<string> ModelsOf(ModelLock models) =>
        (ParameterSetName == "LiteralPath" ? LiteralPath.Select(Paths.ExistingLiteral)
            : IsNamed ? Path.SelectMany(Paths.Existing)
            : models.Models.Select(entry => entry.PathBeside(FullLockPath))).Where(path => path != FullLockPath);
}
