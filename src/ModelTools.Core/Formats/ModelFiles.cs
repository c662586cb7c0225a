using System.IO.Enumeration;
using ModelTools.Diagnostics;
using ModelTools.Formats.Checkpoint;
using ModelTools.Formats.WeightsH5;

namespace ModelTools.Formats;

/// <summary>The files that make up a model: one, all files of a directory, index and data of a checkpoint, or index and shards of split weights.</summary>
/// <param name="Root">The folder that <paramref name="Names"/> are relative to.</param>
/// <param name="Names">Names with <c>/</c>, in ordinal order.</param>
public sealed record ModelFiles(string Root, IReadOnlyList<string> Names)
{
    /// <summary>Full paths of the files.</summary>
    public IEnumerable<string> Paths => Names.Select(name => Path.Combine(Root, name));

    /// <summary>Bytes of all files.</summary>
    public long ByteCount => Paths.Sum(path => new FileInfo(path).Length);

    /// <summary>Whether there is something at a model's path: a file, a directory or a checkpoint.</summary>
    /// <param name="path">A file, a directory or a checkpoint's prefix.</param>
    public static bool Exist(string path) => Path.Exists(MainOf(path));

    /// <summary>The file or directory that stands for a model: for a checkpoint, which is several files, its index.</summary>
    /// <param name="path">A file, a directory, or a checkpoint's prefix or one of its files.</param>
    public static string MainOf(string path) => Path.Exists(path) ? CheckpointPath.IndexOfShard(path) ?? path : CheckpointPath.Index(path);

    /// <summary>Lists the files of a model.</summary>
    /// <param name="path">A file, a directory or a checkpoint's prefix.</param>
    /// <exception cref="ModelToolsException">MT6001: there is nothing.</exception>
    public static ModelFiles Of(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(full))
        {
            var shards = full.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && ShardIndex.IsIndex(full) ? ShardIndex.Read(full, ModelReadLimits.Default) : [];
            return Sorted(Path.GetDirectoryName(full)!, [full, .. shards]);
        }

        if (Directory.Exists(full))
        {
            return Sorted(full, FilesBelow(full));
        }

        var prefix = CheckpointPath.Resolve(full, ModelReadLimits.Default);
        var name = Path.GetFileName(prefix);
        var folder = Path.GetDirectoryName(prefix)!;
        return Sorted(folder, Directory.EnumerateFiles(folder)
            .Where(file => Path.GetFileName(file) is var other && other.StartsWith(name, StringComparison.Ordinal)
                && (other == CheckpointPath.Index(name) || other[name.Length..].StartsWith(".data-", StringComparison.Ordinal))));
    }

    // Files may be links, as in caches of downloads; folders that are links could lead anywhere, and round in circles.
    private static FileSystemEnumerable<string> FilesBelow(string folder) => new(folder, (ref FileSystemEntry entry) => entry.ToFullPath(), new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
    {
        ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
        ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
    };

    private static ModelFiles Sorted(string root, IEnumerable<string> files) =>
        new(root, [.. files.Select(file => Path.GetRelativePath(root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)]);
}
