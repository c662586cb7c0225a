using System.Management.Automation;
using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Infrastructure;
using ModelTools.Models;

namespace ModelTools.Parameters;

/// <summary>What may stand for a model: one in memory, or its file as a path, an item or a <see cref="ModelInfo"/>.</summary>
internal static class ModelArgument
{
    /// <summary>The full path of the file that is given.</summary>
    /// <exception cref="ModelToolsException">MT6001: nothing is there.</exception>
    public static string FileOf(PSObject given, PathResolver paths) =>
        paths.ExistingLiteral(given.BaseObject is FileSystemInfo item ? item.FullName : given.Properties["Path"]?.Value as string ?? given.BaseObject.ToString()!);

    /// <summary>The layers that weights belong to; null if nothing is given. Of a file no weight is read.</summary>
    /// <exception cref="ModelToolsException">MT1008: the file holds no layers; and as for <see cref="ModelFile.Inspect"/>.</exception>
    public static Model? StructureOf(PSObject? given, PathResolver paths)
    {
        if (given is null || given.BaseObject is Model)
        {
            return given?.BaseObject as Model;
        }

        var path = FileOf(given, paths);
        return ModelFile.Inspect(path).Model is { AllLayers.Count: > 0 } model
            ? model
            : throw new ModelToolsException(ErrorCode.MissingPart, $"'{path}' holds no layers that weights could belong to.") { Path = path };
    }
}
