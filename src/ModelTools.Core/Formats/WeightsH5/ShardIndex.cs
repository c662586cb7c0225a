using System.Text;
using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats.WeightsH5;

/// <summary>The index of weights that are split over several files (<c>NAME.weights.json</c>).</summary>
internal static class ShardIndex
{
    private const int PeekBytes = 1024;

    /// <summary>True if a file begins as such an index does.</summary>
    public static bool IsIndex(string path)
    {
        using var file = SourceFile.Open(path);
        var start = Encoding.UTF8.GetString(file.Read(0, (int)Math.Min(file.Length, PeekBytes))).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return start.StartsWith('{') && start.Contains("\"weight_map\"", StringComparison.Ordinal) && !start.Contains("\"class_name\"", StringComparison.Ordinal);
    }

    /// <summary>The paths of the shards, each once.</summary>
    /// <exception cref="ModelToolsException">MT1006: not such an index; MT2004: too large; MT2006: a shard that does not lie beside the index.</exception>
    public static IReadOnlyList<string> Read(string path, ModelReadLimits limits)
    {
        using var file = SourceFile.Open(path);
        if (file.Length > limits.MaximumTextBytes)
        {
            throw new ModelToolsException(ErrorCode.SizeLimit, $"'{path}' is too large for an index of weights: {file.Length} bytes.") { Path = path };
        }

        var map = (ConfigDocument.Parse(file.Read(0, (int)file.Length), limits).Root as ConfigObject)?.Find("weight_map") as ConfigObject ?? throw Corrupt(path, "its member 'weight_map' is not an object");
        var names = map.Values.SelectMany(value => value switch
        {
            ConfigString name => [name.Value],
            ConfigArray list when list.All(item => item is ConfigString) => list.Select(item => ((ConfigString)item).Value),
            _ => throw Corrupt(path, "a member of 'weight_map' is not the name of a file"),
        }).Distinct(StringComparer.Ordinal).ToList();
        var bad = names.Find(name => name is "" or "." or ".." || name.AsSpan().IndexOfAny("/\\:\0") >= 0);
        return bad is null ? [.. names.Select(name => Path.Combine(Path.GetDirectoryName(path)!, name))]
            : throw new ModelToolsException(ErrorCode.PathEscape, $"The index '{path}' names the file '{bad}', which does not lie beside it.") { Path = path, Location = bad };
    }

    private static ModelToolsException Corrupt(string path, string what) => new(ErrorCode.CorruptConfiguration, $"'{path}' is not an index of weights: {what}.") { Path = path };
}
