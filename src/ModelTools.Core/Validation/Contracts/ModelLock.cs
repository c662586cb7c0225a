using ModelTools.Diagnostics;

namespace ModelTools.Validation;

/// <summary>A lock: the contracts of models in one readable file, which belongs into version control.</summary>
public sealed record ModelLock
{
    /// <summary>Version of the file's layout.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The contracts, ordered by path.</summary>
    public IReadOnlyList<ModelContract> Models { get; init => field = value.ToArray(); } = [];

    /// <summary>Reads a lock.</summary>
    /// <param name="lockPath">The file.</param>
    /// <exception cref="ModelToolsException">MT1012: it is not a lock, or damaged; MT6001, MT6003: it cannot be read.</exception>
    public static ModelLock Read(string lockPath) => throw new NotImplementedException();

    /// <summary>Writes the lock, all or nothing: JSON in a stable order, one line a layer and a weight.</summary>
    /// <param name="lockPath">The target.</param>
    /// <param name="force">Replace a file that exists.</param>
    /// <exception cref="ModelToolsException">MT6xxx: the target.</exception>
    public void Write(string lockPath, bool force = false) => throw new NotImplementedException();

    /// <summary>The contract of a model, or null.</summary>
    /// <param name="modelPath">The model's path.</param>
    /// <param name="lockPath">The lock's path, to which the paths inside are relative.</param>
    /// <returns>The entry with this path; the only entry of a lock that has one, since the same model may come in another container.</returns>
    public ModelContract? Find(string modelPath, string lockPath) => throw new NotImplementedException();

    /// <summary>This lock with a contract added or replaced.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="modelPath">The model's path.</param>
    /// <param name="lockPath">The lock's path.</param>
    public ModelLock With(ModelContract contract, string modelPath, string lockPath) => throw new NotImplementedException();
}
