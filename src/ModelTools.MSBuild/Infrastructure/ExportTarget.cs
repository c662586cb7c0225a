using ModelTools.Formats;

namespace ModelTools.MSBuild;

/// <summary>Where converted models lie in the output folder.</summary>
internal static class ExportTarget
{
    /// <summary>Relative path with <c>/</c>: beside where the model itself would lie, with the format's extension; <c>NAME/VERSION</c> for a server.</summary>
    /// <param name="item">The model.</param>
    /// <param name="format">The format's name.</param>
    public static string Path(ModelItem item, string format)
    {
        var extension = ModelFormat.Named(format).Extensions is [var first, ..] ? first : "";
        var folder = System.IO.Path.GetDirectoryName(item.TargetPath)?.Replace('\\', '/') ?? "";
        var name = item.ExportName ?? System.IO.Path.GetFileNameWithoutExtension(item.TargetPath);
        var place = item.ServingVersion is { } version ? $"{name}/{version}" : name;
        return (folder.Length == 0 ? place : $"{folder}/{place}") + extension;
    }
}
