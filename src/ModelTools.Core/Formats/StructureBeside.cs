using ModelTools.Diagnostics;
using ModelTools.Formats.Checkpoint;

namespace ModelTools.Formats;

/// <summary>Finds the structure that belongs to a file of weights, where it lies beside it.</summary>
public static class StructureBeside
{
    /// <summary>The path of the structure: <c>NAME.json</c>, the same without <c>.weights</c> or <c>.ckpt</c>, or <c>model.json</c>; null if there is none. In a folder <c>NAME</c> is the checkpoint's.</summary>
    /// <param name="path">The weights: a file, a directory or a checkpoint's prefix.</param>
    public static string? Find(string path)
    {
        var folder = Directory.Exists(path) ? path : Path.GetDirectoryName(path);
        if (folder is null)
        {
            return null;
        }

        var weights = Directory.Exists(path) && CheckpointPath.Exists(path) ? CheckpointPath.Resolve(path, ModelReadLimits.Default) : path;
        var names = new List<string>();
        for (var name = Path.GetFileName(weights); name.Length > 0;)
        {
            names.Add(name + ".json");
            var shorter = Path.GetFileNameWithoutExtension(name);
            name = shorter == name ? "" : shorter;
        }

        names.Add("model.json");
        return names.Select(name => Path.Combine(folder, name)).FirstOrDefault(candidate => candidate != path && IsStructure(candidate));
    }

    /// <summary>The error for weights whose structure is nowhere.</summary>
    /// <param name="path">The weights.</param>
    internal static ModelToolsException Missing(string path) =>
        new(ErrorCode.MissingPart, $"'{path}' holds weights only, not the layers that they belong to.")
        {
            Path = path,
            Advice = "Name the model that they belong to with -Structure, or put its structure beside them as NAME.json; Import-ModelWeights loads them into a model in memory.",
        };

    private static bool IsStructure(string path) => File.Exists(path) && new KerasJsonFile.KerasJsonFormat().Matches(path, ModelReadLimits.Default);
}
