using Microsoft.Build.Framework;

namespace ModelTools.MSBuild;

/// <summary>A task that writes files below <c>obj</c> and keeps a list of them, so that those of removed models are taken away.</summary>
public abstract class OutputTask : ModelTask
{
    /// <summary>Folder of the state that builds of the project share.</summary>
    [Required]
    public string StateFolder { get; set; } = "";

    /// <summary>Folder that the outputs are written to.</summary>
    [Required]
    public string OutputFolder { get; set; } = "";

    /// <summary>The list of outputs, relative to <see cref="OutputFolder"/>; one a line.</summary>
    [Required]
    public string ManifestPath { get; set; } = "";

    /// <inheritdoc/>
    protected sealed override void Run()
    {
        using var state = BuildState.Open(Root(StateFolder), Cancellation);
        var folder = Root(OutputFolder);
        var manifest = Root(ManifestPath);
        var before = File.Exists(manifest) ? File.ReadAllLines(manifest) : [];
        var written = new SortedSet<string>(StringComparer.Ordinal);
        var complete = false;
        try
        {
            Write(state, folder, written);
            complete = !Log.HasLoggedErrors;
        }
        finally
        {
            // What there is stays listed when not all could be done, so that a later build can take it away.
            Directory.CreateDirectory(Path.GetDirectoryName(manifest)!);
            File.WriteAllLines(manifest, complete ? written : written.Union(before));
        }

        foreach (var gone in complete ? before.Except(written) : [])
        {
            Remove(folder, gone);
        }
    }

    /// <summary>Writes what is not there yet.</summary>
    /// <param name="state">What is there.</param>
    /// <param name="folder">Full path of <see cref="OutputFolder"/>.</param>
    /// <param name="outputs">Takes the outputs of all models, relative to the folder, with <c>/</c>.</param>
    private protected abstract void Write(BuildState state, string folder, ICollection<string> outputs);

    private static void Remove(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        File.Delete(path);
        for (var parent = Path.GetDirectoryName(path)!; parent.Length > folder.Length && Directory.Exists(parent) && !Directory.EnumerateFileSystemEntries(parent).Any(); parent = Path.GetDirectoryName(parent)!)
        {
            Directory.Delete(parent);
        }
    }
}
