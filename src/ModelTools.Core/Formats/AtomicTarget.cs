using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats;

/// <summary>Writes files and directories that appear whole or not at all.</summary>
/// <remarks>
/// The content goes to a temporary sibling with a fixed, recognisable name (<c>.NAME.modeltools-tmp</c>), is flushed to the disk and then
/// renamed over the target. Whatever ends a save (an error, a cancellation, a kill, a power cut), the target is the old one or the new one.
/// An error or a cancellation leaves nothing behind; what a kill leaves is taken away by the next save to the same target.
/// </remarks>
internal static class AtomicTarget
{
    private const int BufferSize = 1 << 16;

    /// <summary>Writes one file.</summary>
    /// <param name="path">The target. A symbolic link is followed: the file it points to is replaced.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    /// <param name="write">Writes the content; the stream is empty, seekable and readable, and is closed here.</param>
    /// <exception cref="ModelToolsException">MT6001: no such folder; MT6002: it exists; MT6003: access denied; MT6007: the disk is full or fails.</exception>
    public static void WriteFile(string path, bool overwrite, Action<FileStream> write) =>
        WriteFiles([path], overwrite, streams => write(streams[0]));

    /// <summary>Writes several files that belong together: none is put in place before all are complete.</summary>
    /// <remarks>No file system renames several files at once: a kill between two renames can leave new files beside old ones, each of them whole.</remarks>
    /// <param name="paths">The targets, in the order in which they are put in place: the one that names the others last.</param>
    /// <param name="overwrite">Whether existing files may be replaced.</param>
    /// <param name="write">Writes the content of all, into streams in the order of <paramref name="paths"/>.</param>
    /// <exception cref="ModelToolsException">As for one file.</exception>
    public static void WriteFiles(IReadOnlyList<string> paths, bool overwrite, Action<IReadOnlyList<FileStream>> write)
    {
        var targets = paths.Select(path => FollowLink(path, full => new FileInfo(full))).ToArray();
        foreach (var target in targets)
        {
            CheckFile(target, overwrite);
        }

        var streams = new List<FileStream>(targets.Length);
        var placed = 0;
        Guard(targets[0], () =>
        {
            try
            {
                foreach (var target in targets)
                {
                    streams.Add(OpenAlone(Sibling(target, "tmp"), FileOptions.None));
                }

                using (var early = new EarlyFlush(streams))
                {
                    write(streams);
                    early.Complete();
                }

                foreach (var stream in streams)
                {
                    stream.Flush(flushToDisk: true);
                }

                // Renamed while open, so that no second save can take over the finished file in between.
                using var replaced = new SpaceRelease();
                for (; placed < targets.Length; placed++)
                {
                    replaced.Hold(targets[placed]);
                    File.Move(Sibling(targets[placed], "tmp"), targets[placed], overwrite);
                    streams[placed].Dispose();
                }
            }
            finally
            {
                for (var i = placed; i < streams.Count; i++)
                {
                    Discard(streams[i]);
                }
            }
        });
    }

    /// <summary>Writes a directory.</summary>
    /// <param name="path">The target. A symbolic link is followed.</param>
    /// <param name="overwrite">Whether an existing directory may be replaced, with all that is in it. An empty one always may.</param>
    /// <param name="marker">A file that tells what kind of directory it is (such as <c>saved_model.pb</c>): one that lacks it is something else and is never replaced.</param>
    /// <param name="write">Writes the content into the empty directory whose path it is given.</param>
    /// <exception cref="ModelToolsException">MT6001: no such folder; MT6002: it exists; MT6003: access denied; MT6007: the disk is full or fails.</exception>
    public static void WriteDirectory(string path, bool overwrite, string marker, Action<string> write)
    {
        var target = FollowLink(path, full => new DirectoryInfo(full));
        var temporary = Sibling(target, "tmp");
        var old = Sibling(target, "old");
        RequireParent(target);
        Guard(target, () =>
        {
            using var alone = OpenAlone(Sibling(target, "lock"), FileOptions.DeleteOnClose);
            if (Directory.Exists(old) && !Directory.Exists(target))
            {
                Directory.Move(old, target); // A run was killed between the two renames below.
            }

            CheckDirectory(target, overwrite, marker);
            Remove(old);
            Remove(temporary);
            Directory.CreateDirectory(temporary);
            try
            {
                write(temporary);
                FlushAll(temporary);
                Swap(temporary, target, old);
            }
            catch (ModelToolsException error) when (error.Path?.StartsWith(temporary, StringComparison.Ordinal) is true)
            {
                // Nobody knows of the place where the content waits.
                throw new ModelToolsException(error.Code, error.Message.Replace(temporary, target, StringComparison.Ordinal), error) { Path = target, Location = error.Location, Advice = error.Advice };
            }
            finally
            {
                Remove(temporary);
            }

            Remove(old);
        });
    }

    /// <summary>Where the content of a file waits until all of a save is complete; what lies there without a save under way is left of one that was killed.</summary>
    public static string TemporaryOf(string path) => Sibling(path, "tmp");

    private static void Swap(string temporary, string target, string old)
    {
        if (!Directory.Exists(target))
        {
            Directory.Move(temporary, target);
            return;
        }

        Directory.Move(target, old);
        try
        {
            Directory.Move(temporary, target);
        }
        catch
        {
            Directory.Move(old, target);
            throw;
        }
    }

    private static void CheckFile(string target, bool overwrite)
    {
        RequireParent(target);
        if (Directory.Exists(target))
        {
            throw new ModelToolsException(ErrorCode.TargetExists, $"'{target}' is a directory; a file cannot take its place.") { Path = target, Advice = "Choose another path." };
        }

        if (!File.Exists(target))
        {
            return;
        }

        if (SpecialFiles.IsSpecial(target))
        {
            throw new ModelToolsException(ErrorCode.TargetExists, $"'{target}' is a pipe or a device; a file cannot take its place.") { Path = target, Advice = "Choose another path." };
        }

        if (!overwrite)
        {
            throw new ModelToolsException(ErrorCode.TargetExists, $"The file '{target}' exists already.") { Path = target };
        }

        if (File.GetAttributes(target).HasFlag(FileAttributes.ReadOnly))
        {
            throw new ModelToolsException(ErrorCode.AccessDenied, $"The file '{target}' is read-only.") { Path = target };
        }
    }

    private static void CheckDirectory(string target, bool overwrite, string marker)
    {
        if (File.Exists(target))
        {
            throw new ModelToolsException(ErrorCode.TargetExists, $"'{target}' is a file; a directory cannot take its place.") { Path = target, Advice = "Choose another path." };
        }

        if (!Directory.Exists(target) || !Directory.EnumerateFileSystemEntries(target).Any())
        {
            return;
        }

        if (!File.Exists(Path.Combine(target, marker)))
        {
            throw new ModelToolsException(ErrorCode.TargetExists, $"The directory '{target}' exists and holds something else: there is no '{marker}' in it.")
            {
                Path = target,
                Advice = "Choose another path, or empty the directory first.",
            };
        }

        if (!overwrite)
        {
            throw new ModelToolsException(ErrorCode.TargetExists, $"The directory '{target}' exists already.") { Path = target };
        }
    }

    private static void RequireParent(string target)
    {
        if (Path.GetDirectoryName(target) is { } parent && !Directory.Exists(parent))
        {
            throw new ModelToolsException(ErrorCode.PathNotFound, $"There is no directory '{parent}' to write '{Path.GetFileName(target)}' to.")
            {
                Path = target,
                Advice = "Create the directory first, or check the spelling of the path.",
            };
        }
    }

    /// <summary>Opens a file that no other save can open until it is closed.</summary>
    private static FileStream OpenAlone(string path, FileOptions options)
    {
        // Windows must allow the rename of an open file; elsewhere that needs no permission, and only None takes the lock.
        var share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;
        try
        {
            return new FileStream(path, FileMode.Create, FileAccess.ReadWrite, share, BufferSize, options);
        }
        catch (IOException error) when (File.Exists(path))
        {
            throw new ModelToolsException(ErrorCode.AccessDenied, $"Another save to the same target is under way: '{path}' is in use.", error) { Path = path };
        }
    }

    private static void Discard(FileStream stream)
    {
        // Deleted first: the buffered rest would be written on closing, and a full disk would fail again.
        File.Delete(stream.Name);
        try
        {
            stream.Dispose();
        }
        catch (IOException) when (!File.Exists(stream.Name))
        {
            // The file is gone, and with it the bytes that could not be written.
        }
    }

    private static void Remove(string directory)
    {
        if (Directory.Exists(directory))
        {
            using var deleted = new SpaceRelease();
            foreach (var file in ModelFiles.Of(directory).Paths)
            {
                deleted.Hold(file);
            }

            Directory.Delete(directory, recursive: true);
        }
    }

    private static void FlushAll(string directory)
    {
        foreach (var file in ModelFiles.Of(directory).Paths)
        {
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
            RandomAccess.FlushToDisk(handle);
        }
    }

    private static string Sibling(string target, string kind) =>
        Path.Combine(Path.GetDirectoryName(target) ?? throw NoName(target), $".{Path.GetFileName(target)}.modeltools-{kind}");

    private static ModelToolsException NoName(string target) =>
        new(ErrorCode.InvalidArgument, $"'{target}' is not a path that can be written.") { Path = target };

    private static string FollowLink(string path, Func<string, FileSystemInfo> describe)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        try
        {
            return describe(full).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return full;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Translate(error, full);
        }
    }

    private static void Guard(string target, Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Translate(error, target);
        }
    }

    private static ModelToolsException Translate(Exception error, string target) => error is UnauthorizedAccessException
        ? new ModelToolsException(ErrorCode.AccessDenied, $"'{target}' cannot be written: {error.Message}", error) { Path = target }
        : new ModelToolsException(ErrorCode.WriteFailed, $"'{target}' cannot be written: {error.Message}", error) { Path = target };
}
