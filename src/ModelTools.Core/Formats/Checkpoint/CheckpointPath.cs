using System.Text.RegularExpressions;
using ModelTools.Diagnostics;

namespace ModelTools.Formats.Checkpoint;

/// <summary>Finds the checkpoint that a path means: users name the prefix, one of its files, or the folder.</summary>
internal static partial class CheckpointPath
{
    private const string IndexSuffix = ".index";

    /// <summary>The file that holds the index of a prefix.</summary>
    public static string Index(string prefix) => prefix + IndexSuffix;

    /// <summary>A data file of a prefix.</summary>
    public static string Shard(string prefix, int shard, int shards) => $"{prefix}.data-{shard:D5}-of-{shards:D5}";

    /// <summary>The index beside a data file; null for any other file, and where there is none.</summary>
    public static string? IndexOfShard(string path) => DataSuffix().IsMatch(path) && Index(Prefix(path)) is var index && File.Exists(index) ? index : null;

    /// <summary>True if the path is, as far as names tell, a checkpoint: a prefix or one of its files, or a folder with a state file.</summary>
    public static bool Exists(string path) => Directory.Exists(path)
        ? File.Exists(Path.Combine(path, CheckpointState.FileName))
        : File.Exists(Index(Prefix(path)));

    /// <summary>The prefix that a path means, in full; the path of the file itself for the old format in one file.</summary>
    /// <exception cref="ModelToolsException">MT6001: there is nothing; MT1008: a folder without checkpoint; MT2006: the state file points elsewhere.</exception>
    public static string Resolve(string path, ModelReadLimits limits)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full) && !File.Exists(Index(full)))
        {
            return ResolveFolder(Path.TrimEndingDirectorySeparator(full), limits);
        }

        if (Path.GetFileName(full) == CheckpointState.FileName && File.Exists(full) && !File.Exists(Index(full)))
        {
            return ResolveState(Path.GetDirectoryName(full)!, full, limits);
        }

        var prefix = Prefix(full);
        if (File.Exists(Index(prefix)) || LegacyShards(full).All(File.Exists))
        {
            return File.Exists(Index(prefix)) ? prefix : full;
        }

        throw File.Exists(Shard(prefix, 0, 1))
            ? new ModelToolsException(ErrorCode.MissingPart, $"The checkpoint '{prefix}' has a data file but no '{Path.GetFileName(Index(prefix))}'.") { Path = prefix }
            : new ModelToolsException(ErrorCode.PathNotFound, $"There is no checkpoint '{prefix}': '{Index(prefix)}' does not exist.") { Path = prefix };
    }

    /// <summary>The files of an old-format checkpoint: the file itself, or all that a name such as <c>model.ckpt-?????-of-00002</c> stands for.</summary>
    public static IReadOnlyList<string> LegacyShards(string path)
    {
        var match = LegacyShardName().Match(path);
        if (!match.Success)
        {
            return [path];
        }

        var count = int.Parse(match.Groups["count"].Value, System.Globalization.CultureInfo.InvariantCulture);
        return count > 0 ? [.. Enumerable.Range(0, count).Select(shard => $"{match.Groups["name"].Value}-{shard:D5}-of-{count:D5}")] : [path];
    }

    private static string Prefix(string path) =>
        path.EndsWith(IndexSuffix, StringComparison.Ordinal) ? path[..^IndexSuffix.Length] : DataSuffix().Replace(path, string.Empty);

    private static string ResolveFolder(string folder, ModelReadLimits limits)
    {
        var state = Path.Combine(folder, CheckpointState.FileName);
        if (File.Exists(state))
        {
            return ResolveState(folder, state, limits);
        }

        // A SavedModel keeps its weights in a checkpoint of this name.
        var variables = Path.Combine(folder, "variables", "variables");
        if (File.Exists(Index(variables)))
        {
            return variables;
        }

        var indexes = Directory.EnumerateFiles(folder, "*" + IndexSuffix).Take(2).ToArray();
        return indexes switch
        {
            [var only] => Prefix(only),
            [] => throw new ModelToolsException(ErrorCode.MissingPart, $"The folder '{folder}' holds no checkpoint.") { Path = folder },
            _ => throw new ModelToolsException(ErrorCode.MissingPart, $"The folder '{folder}' holds several checkpoints and no file '{CheckpointState.FileName}' that says which is the newest.")
            {
                Path = folder,
                Advice = "Name the checkpoint itself.",
            },
        };
    }

    private static string ResolveState(string folder, string state, ModelReadLimits limits)
    {
        var named = CheckpointState.Read(state, limits).Latest;
        string prefix;
        try
        {
            prefix = Path.GetFullPath(named, folder);
        }
        catch (ArgumentException error)
        {
            throw new ModelToolsException(ErrorCode.CorruptCheckpoint, $"The file '{state}' names no path.", error) { Path = state };
        }

        if (!prefix.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new ModelToolsException(ErrorCode.PathEscape, $"The file '{state}' points to '{named}', outside of its folder.")
            {
                Path = state,
                Advice = "Name the checkpoint itself if you trust it.",
            };
        }

        return File.Exists(Index(prefix)) || LegacyShards(prefix).All(File.Exists)
            ? prefix
            : throw new ModelToolsException(ErrorCode.MissingPart, $"The file '{state}' names the checkpoint '{named}', which is not there.") { Path = state };
    }

    [GeneratedRegex(@"\.data-\d{5}-of-\d{5}$", RegexOptions.CultureInvariant)]
    private static partial Regex DataSuffix();

    [GeneratedRegex(@"^(?<name>.*)-(\?{5}|\d{5})-of-(?<count>\d{5})$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex LegacyShardName();
}
