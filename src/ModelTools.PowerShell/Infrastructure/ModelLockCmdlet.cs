using System.Management.Automation;
using ModelTools.Validation;

namespace ModelTools.Infrastructure;

/// <summary>What the cmdlets have in common that hold models against a lock: those that are named, or all that are in the lock.</summary>
public abstract class ModelLockCmdlet : ModelToolsCmdlet
{
    /// <summary>The lock.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string LockPath { get; set; } = "models.lock.json";

    /// <summary>Full path of the lock.</summary>
    private protected string FullLockPath => Paths.Target(LockPath);

    /// <summary>Full path of an entry's model.</summary>
    private protected string ModelPathOf(ModelContract contract) => Path.GetFullPath(contract.Path, Path.GetDirectoryName(FullLockPath)!);

    /// <summary>The models that given paths mean; all of the lock where none is given.</summary>
    private protected IEnumerable<string> ModelsOf(string[] given, ModelLock models)
    {
        if (given.Length == 0)
        {
            foreach (var contract in models.Models)
            {
                yield return ModelPathOf(contract);
            }
        }

        foreach (var path in given.SelectMany(Paths.Existing).Where(path => path != FullLockPath))
        {
            yield return path;
        }
    }
}
