using System.Management.Automation;
using ModelTools.Diagnostics;
using ModelTools.Formats;

namespace ModelTools.Infrastructure;

/// <summary>Turns what a user typed as a path into full file system paths, as PowerShell's own cmdlets do.</summary>
/// <param name="session">The session whose current location relative paths start from.</param>
internal sealed class PathResolver(PathIntrinsics session)
{
    /// <summary>The existing files and folders that a path with wildcards means.</summary>
    /// <exception cref="ModelToolsException">MT6001 nothing is there, MT6004 not a file system path.</exception>
    public IReadOnlyList<string> Existing(string path)
    {
        try
        {
            var found = session.GetResolvedProviderPathFromPSPath(path, out var provider);
            RequireFileSystem(path, provider);
            return found.Count switch
            {
                0 => throw NotFound(path),
                1 => found,
                // A pattern that names all files of a checkpoint means it once.
                _ => [.. found.Select(ModelFiles.MainOf).Distinct()],
            };
        }
        catch (ItemNotFoundException)
        {
            return Checkpoint(path) is { } prefix ? [prefix] : throw NotFound(path);
        }
        catch (Exception error) when (error is System.Management.Automation.DriveNotFoundException or ProviderNotFoundException)
        {
            throw NotFileSystem(path);
        }
    }

    /// <summary>The existing file or folder with exactly this path, wildcard characters taken as they are.</summary>
    /// <exception cref="ModelToolsException">MT6001 nothing is there, MT6004 not a file system path.</exception>
    public string ExistingLiteral(string path)
    {
        var full = Target(path);
        return Path.Exists(full) || Checkpoint(path) is not null ? full : throw NotFound(path);
    }

    /// <summary>The full path of something that need not exist; wildcard characters are taken as they are.</summary>
    /// <exception cref="ModelToolsException">MT6004 not a file system path.</exception>
    public string Target(string path)
    {
        try
        {
            var full = session.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            RequireFileSystem(path, provider);
            return full;
        }
        catch (Exception error) when (error is System.Management.Automation.DriveNotFoundException or ProviderNotFoundException)
        {
            throw NotFileSystem(path);
        }
    }

    // The files of a checkpoint have a prefix in common, which is no file itself.
    private string? Checkpoint(string path) => Target(path) is var prefix && File.Exists($"{prefix}.index") ? prefix : null;

    private static void RequireFileSystem(string path, ProviderInfo provider)
    {
        if (!string.Equals(provider.Name, "FileSystem", StringComparison.OrdinalIgnoreCase))
        {
            throw NotFileSystem(path);
        }
    }

    private static ModelToolsException NotFileSystem(string path) =>
        new(ErrorCode.InvalidArgument, $"The path '{path}' is not a path of the file system.")
        {
            Path = path,
            Advice = "Give the path of a file or folder.",
        };

    private static ModelToolsException NotFound(string path) =>
        new(ErrorCode.PathNotFound, $"There is no file or folder '{path}'.") { Path = path };
}
