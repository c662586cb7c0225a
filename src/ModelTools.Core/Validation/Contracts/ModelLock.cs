using ModelTools.Diagnostics;
using ModelTools.Formats;

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
    public static ModelLock Read(string lockPath)
    {
        var full = Path.GetFullPath(lockPath);
        if (!File.Exists(full))
        {
            throw new ModelToolsException(ErrorCode.PathNotFound, $"There is no lock '{full}'.") { Path = full, Advice = "Check the spelling, or make it: New-ModelLock, in a build dotnet build -t:UpdateModelLock." };
        }

        using var file = Tensors.SourceFile.Open(full);
        try
        {
            return file.Length <= ModelReadLimits.Default.MaximumTextBytes
                ? LockText.Read(file.Read(0, (int)file.Length))
                : throw new ModelToolsException(ErrorCode.LockDamaged, $"The lock cannot be read: {file.Length} bytes are too many.");
        }
        catch (ModelToolsException error)
        {
            throw error.WithPath(full);
        }
    }

    /// <summary>Writes the lock, all or nothing: JSON in a stable order, one line a layer and a weight.</summary>
    /// <param name="lockPath">The target.</param>
    /// <param name="force">Replace a file that exists.</param>
    /// <exception cref="ModelToolsException">MT6xxx: the target.</exception>
    public void Write(string lockPath, bool force = false)
    {
        var text = System.Text.Encoding.UTF8.GetBytes(LockText.Write(this));
        AtomicTarget.WriteFile(Path.GetFullPath(lockPath), force, stream => stream.Write(text));
    }

    /// <summary>The contract of a model, or null.</summary>
    /// <param name="modelPath">The model's path.</param>
    /// <param name="lockPath">The lock's path, to which the paths inside are relative.</param>
    /// <returns>The entry with this path, else the one whose path differs in the extension alone, since the same model may come in another container.</returns>
    public ModelContract? Find(string modelPath, string lockPath)
    {
        var relative = Relative(modelPath, lockPath);
        return Models.FirstOrDefault(model => model.Path == relative)
            ?? (Models.Where(model => WithoutExtension(model.Path) == WithoutExtension(relative)).ToList() is [var only] ? only : null);
    }

    /// <summary>The entries whose model does not exist any more.</summary>
    /// <param name="lockPath">The lock's path.</param>
    public IReadOnlyList<ModelContract> Gone(string lockPath) => Models.Where(model => !ModelFiles.Exist(model.PathBeside(lockPath))).ToArray();

    /// <summary>This lock without some entries.</summary>
    /// <param name="entries">Entries of this lock.</param>
    public ModelLock Without(IEnumerable<ModelContract> entries) => this with { Models = [.. Models.Except(entries)] };

    /// <summary>This lock with a contract added or replaced.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="modelPath">The model's path.</param>
    /// <param name="lockPath">The lock's path.</param>
    public ModelLock With(ModelContract contract, string modelPath, string lockPath)
    {
        var relative = Relative(modelPath, lockPath);
        return this with { Models = [.. Models.Where(model => model.Path != relative).Append(contract with { Path = relative }).OrderBy(model => model.Path, StringComparer.Ordinal)] };
    }

    private static string WithoutExtension(string path) =>
        ModelFormat.All.SelectMany(format => format.Extensions).Where(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase)).MaxBy(extension => extension.Length) is { } longest
            ? path[..^longest.Length]
            : path;

    private static string Relative(string modelPath, string lockPath) =>
        Path.TrimEndingDirectorySeparator(Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(lockPath))!, Path.GetFullPath(modelPath))).Replace('\\', '/');
}
