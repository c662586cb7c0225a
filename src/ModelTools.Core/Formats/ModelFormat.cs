using ModelTools.Diagnostics;
using ModelTools.Formats.Checkpoint;
using ModelTools.Formats.KerasArchive;
using ModelTools.Formats.KerasH5;
using ModelTools.Formats.KerasJsonFile;
using ModelTools.Formats.SavedModel;
using ModelTools.Formats.WeightsH5;

namespace ModelTools.Formats;

/// <summary>The catalogue of formats: which there are, and which one a path is.</summary>
public static class ModelFormat
{
    /// <summary>Every format, in the order in which content is tried.</summary>
    public static IReadOnlyList<IModelFormat> All { get; } =
    [
        new SavedModelFormat(),
        new KerasArchiveFormat(),
        new KerasH5Format(),
        new WeightsH5Format(),
        new CheckpointFormat(),
        new KerasJsonFormat(),
    ];

    /// <summary>Finds a format by the name that users type, or by its extension without the dot (<c>keras</c>, <c>h5</c>), in any case.</summary>
    /// <exception cref="ModelToolsException">MT6006, with the names there are.</exception>
    public static IModelFormat Named(string name) =>
        All.FirstOrDefault(format => string.Equals(format.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? All.FirstOrDefault(format => format.Extensions.Contains($".{name}", StringComparer.OrdinalIgnoreCase))
        ?? throw new ModelToolsException(ErrorCode.UnknownName, $"There is no format '{name}'. The formats are {string.Join(", ", All.Select(format => format.Name))}.");

    /// <summary>Tells the format of a file or directory by its content.</summary>
    /// <exception cref="ModelToolsException">MT6001: nothing is there; MT1001: it is no model.</exception>
    public static IModelFormat Detect(string path, ModelReadLimits? limits = null)
    {
        var full = Path.GetFullPath(path);
        foreach (var format in All)
        {
            if (format.Matches(full, limits ?? ModelReadLimits.Default))
            {
                return format;
            }
        }

        throw Path.GetFileName(full) == SavedModelFacts.FileName && File.Exists(full)
            ? new ModelToolsException(ErrorCode.NotAModel, $"'{full}' is a part of a SavedModel, which is a folder.") { Path = full, Advice = $"Name the folder '{Path.GetDirectoryName(full)}'." }
            : Path.Exists(full) ? new ModelToolsException(ErrorCode.NotAModel, $"'{full}' is not a model that ModelTools knows.") { Path = full }
            : new ModelToolsException(ErrorCode.PathNotFound, $"There is nothing at '{full}'.") { Path = full };
    }

    /// <summary>Chooses a format for writing by a path's extension.</summary>
    /// <param name="path">The target.</param>
    /// <param name="needed">What must be written.</param>
    /// <exception cref="ModelToolsException">MT6006: no format that can write it has this extension.</exception>
    public static IModelFormat ForWriting(string path, ModelParts needed)
    {
        var able = All.Where(format => format.Writes.HasFlag(needed)).ToList();
        return able.Where(format => format.Extensions.Any(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase)))
                .MaxBy(format => format.Extensions.Where(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase)).Max(extension => extension.Length))
            ?? throw new ModelToolsException(ErrorCode.UnknownName, $"The extension of '{path}' names no format to write. The extensions are {string.Join(", ", able.SelectMany(format => format.Extensions))}.")
            {
                Path = path,
                Advice = "Use one of these extensions, or name the format.",
            };
    }
}
