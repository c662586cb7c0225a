using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ModelTools.Diagnostics;
using ModelTools.Formats;

namespace ModelTools.MSBuild;

/// <summary>What earlier builds found out, in a file below <c>obj</c>: digests of files, and which results belong to them.</summary>
/// <remarks>
/// Builds of one project for several frameworks share it. It is open to one task at a time, so that the first one does the work and the others find it done.
/// A damaged file is an empty one: it only ever saves work.
/// </remarks>
internal sealed class BuildState : IDisposable
{
    private static readonly string Version = typeof(BuildState).Assembly.ManifestModule.ModuleVersionId.ToString("N");

    private readonly FileStream _alone;
    private readonly string _path;
    private readonly Dictionary<string, string> _entries;
    private readonly Dictionary<string, string> _digests = new(StringComparer.Ordinal);

    private BuildState(string folder, FileStream alone)
    {
        _alone = alone;
        Folder = folder;
        _path = Path.Combine(folder, "state.json");
        _entries = Read(_path);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Opens the state, waiting until no other build uses it.</summary>
    public static BuildState Open(string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return new BuildState(folder, new FileStream(Path.Combine(folder, "state.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (Directory.Exists(folder))
            {
                cancellation.WaitHandle.WaitOne(50);
            }
            catch (UnauthorizedAccessException error)
            {
                throw new ModelToolsException(ErrorCode.AccessDenied, $"'{folder}' cannot be written: {error.Message}", error) { Path = folder };
            }
        }
    }

    /// <summary>Whether a result is there that was made from the same things.</summary>
    /// <param name="name">The result.</param>
    /// <param name="key">Digest of what it was made from.</param>
    public bool Has(string name, string key) => _entries.TryGetValue(name, out var known) && known == key;

    /// <summary>Keeps that a result was made.</summary>
    public void Set(string name, string key) => _entries[name] = key;

    /// <summary>A key from texts, and from the version of the tasks.</summary>
    public static string Key(params string?[] parts) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts.Append(Version)))));

    /// <summary>Digest over all files of a model, and the structure beside weights: each is hashed only if its size or time changed.</summary>
    public string ModelDigest(string path, CancellationToken cancellation)
    {
        var files = ModelFiles.Of(path);
        return Key([.. files.Names.Zip(files.Paths, (name, file) => $"{name}\0{FileDigest(file, cancellation)}"), FileDigest(StructureBeside.Find(path), cancellation)]);
    }

    /// <summary>Digest of a file; the empty text for none.</summary>
    public string FileDigest(string? path, CancellationToken cancellation)
    {
        if (path is null || !File.Exists(path))
        {
            return "";
        }

        if (_digests.TryGetValue(path, out var seen))
        {
            return seen;
        }

        var name = "file " + path;
        var file = new FileInfo(path);
        file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        var stamp = string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks} ");
        if (!_entries.TryGetValue(name, out var entry) || !entry.StartsWith(stamp, StringComparison.Ordinal))
        {
            _entries[name] = entry = stamp + Validation.FileDigest.OfFile(path, cancellation).Sha256;
        }

        return _digests[path] = entry[stamp.Length..];
    }

    /// <summary>Writes what was learnt and lets others in.</summary>
    public void Dispose()
    {
        var temporary = _path + ".new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(new SortedDictionary<string, string>(_entries, StringComparer.Ordinal)));
        File.Move(temporary, _path, overwrite: true);
        _alone.Dispose();
    }

    private static Dictionary<string, string> Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(path)) ?? [] : [];
        }
        catch (Exception error) when (error is JsonException or IOException)
        {
            return [];
        }
    }
}
