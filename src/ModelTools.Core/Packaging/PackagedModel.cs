using ModelTools.Formats;

namespace ModelTools.Packaging;

/// <summary>A model on its way into a package.</summary>
/// <param name="Path">Full path, without the ending of a directory.</param>
/// <param name="Name">Its file or folder name, under which it lies in the package.</param>
/// <param name="IsFolder">Whether it is a directory.</param>
/// <param name="Files">Its files.</param>
internal sealed record PackagedModel(string Path, string Name, bool IsFolder, IReadOnlyList<PackagedFile> Files)
{
    /// <summary>Where the lock lies in the package.</summary>
    public const string LockPath = "models/models.lock.json";

    /// <summary>Its path in the package.</summary>
    public string PackagePath => $"models/{Name}";

    /// <summary>Lists its files.</summary>
    /// <param name="path">A file, a directory or a checkpoint's prefix.</param>
    public static PackagedModel Of(string path)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        var name = System.IO.Path.GetFileName(full);
        var files = ModelFiles.Of(full);
        var folder = Directory.Exists(full) ? $"models/{name}" : "models";
        return new PackagedModel(full, name, Directory.Exists(full), [.. files.Names.Zip(files.Paths, (file, source) => new PackagedFile($"{folder}/{file}", source, null, new FileInfo(source).Length))]);
    }
}
