using System.IO.Compression;
using System.Security.Cryptography;
using ModelTools.Diagnostics;
using ModelTools.Torch.Natives;
using NuGet.Packaging;

namespace ModelTools.Torch.Installation;

/// <summary>Fetches the engine's native libraries for this machine from NuGet sources into the user's own folder.</summary>
/// <remarks>
/// The packages are known by the hashes of their content, so that it does not matter who serves them. Everything is unpacked beside
/// the target and renamed at the end: the target is complete or not there.
/// </remarks>
public static class EngineInstaller
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>The folder that the engine is installed into: in the user's local application data.</summary>
    /// <exception cref="ModelToolsException">MT5001: there is no engine for this platform.</exception>
    public static string Folder => UserFolder.For(Platform);

    /// <summary>The folder that the user has named as the engine's (<c>MODELTOOLS_TORCH</c>) and that is used whatever is installed; null if none is.</summary>
    public static string? NamedFolder => Environment.GetEnvironmentVariable(NativeSearch.Variable) is { Length: > 0 } named ? named : null;

    /// <summary>Bytes that have to be fetched.</summary>
    public static long DownloadSize => EnginePackage.For(Platform).Sum(package => package.Size);

    private static NativePlatform Platform => NativePlatform.Current ?? throw NativeSearch.NoEngine();

    /// <summary>What is installed in a folder, or null if it is not all of the engine.</summary>
    public static EngineInstallation? Find(string folder) => NativeFiles.Below(folder, Platform) is null ? null : new EngineInstallation(
        folder, NativePlatform.TorchSharpVersion, NativePlatform.LibTorchVersion, Platform.Rid, new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length));

    /// <summary>Fetches, checks and unpacks the packages.</summary>
    /// <param name="folder">The target, which is replaced if it exists.</param>
    /// <param name="configuration">The folder from which NuGet's configuration is looked for.</param>
    /// <param name="sources">Names of configured sources, addresses of feeds, or folders; empty for every enabled source.</param>
    /// <param name="progress">Told about the bytes that have arrived.</param>
    /// <param name="cancellation">Ends the work; nothing is left behind.</param>
    /// <exception cref="ModelToolsException">MT1009: a package is not the one it should be; MT5001: there is no engine for this platform; MT5004: no source has a package; MT6003, MT6007: the target.</exception>
    public static EngineInstallation Install(
        string folder, string configuration, IReadOnlyList<string> sources, IProgress<OperationProgress>? progress = null, CancellationToken cancellation = default)
    {
        var from = EngineSources.Configured(configuration, sources);
        var parent = Path.GetDirectoryName(Path.GetFullPath(folder))!;
        var working = Path.Combine(parent, $".{Path.GetRandomFileName()}");
        try
        {
            Directory.CreateDirectory(working);
            var content = Directory.CreateDirectory(Path.Combine(working, "content")).FullName;
            var done = 0L;
            foreach (var package in EnginePackage.For(Platform))
            {
                var file = Path.Combine(working, $"{package.Id}.nupkg");
                Fetch(from, package, file, done, progress, cancellation);
                Check(package, file, cancellation);
                Unpack(package, file, content, cancellation);
                done += package.Size;
            }

            _ = NativeFiles.Below(content, Platform) ?? throw new ModelToolsException(ErrorCode.EngineNotInstalled, $"The packages do not hold all libraries for {Platform.Rid}.");
            if (Directory.Exists(folder))
            {
                Directory.Move(folder, Path.Combine(working, "old"));
            }

            Directory.Move(content, folder);
            return Find(folder)!;
        }
        catch (UnauthorizedAccessException error)
        {
            throw new ModelToolsException(ErrorCode.AccessDenied, $"'{folder}' cannot be written: {error.Message}", error) { Path = folder };
        }
        catch (IOException error)
        {
            throw new ModelToolsException(ErrorCode.WriteFailed, $"'{folder}' cannot be written: {error.Message}", error) { Path = folder };
        }
        finally
        {
            if (Directory.Exists(working))
            {
                Directory.Delete(working, recursive: true);
            }
        }
    }

    private static void Fetch(EngineSources from, EnginePackage package, string file, long before, IProgress<OperationProgress>? progress, CancellationToken cancellation)
    {
        var all = DownloadSize;
        var copy = Task.Run(() => from.CopyAsync(package, file, cancellation), cancellation);
        while (Task.WhenAny(copy, Task.Delay(ProgressInterval, CancellationToken.None)).GetAwaiter().GetResult() != copy)
        {
            var arrived = new FileInfo(file) is { Exists: true } partial ? partial.Length : 0;
            progress?.Report(new OperationProgress($"Fetching {package.Id} {package.Version}", before + Math.Min(arrived, package.Size), all));
        }

        copy.GetAwaiter().GetResult();
    }

    private static void Check(EnginePackage package, string file, CancellationToken cancellation)
    {
        string found;
        try
        {
            using var reader = new PackageArchiveReader(file);
            found = reader.GetContentHash(cancellation, () => Convert.ToBase64String(HashOf(file)));
        }
        catch (InvalidDataException error)
        {
            throw Wrong("is no package", error);
        }

        if (found != package.ContentHash)
        {
            throw Wrong("has another content than the one it should be", null);
        }

        ModelToolsException Wrong(string what, Exception? inner) => new(ErrorCode.ChecksumMismatch, $"What the source gives as {package.Id} {package.Version} {what}.", inner)
        {
            Advice = "Do not use this source for the engine, or correct the package in it.",
        };
    }

    private static byte[] HashOf(string file)
    {
        using var stream = File.OpenRead(file);
        return SHA512.HashData(stream);
    }

    private static void Unpack(EnginePackage package, string file, string folder, CancellationToken cancellation)
    {
        using var archive = ZipFile.OpenRead(file);
        var native = $"runtimes/{Platform.Rid}/native/";
        foreach (var entry in archive.Entries.Where(entry => entry.FullName.StartsWith(native, StringComparison.Ordinal) && entry.FullName.Length == native.Length + entry.Name.Length && entry.Name.Length > 0))
        {
            Copy(entry, Path.Combine(folder, entry.Name), cancellation);
        }

        // Licences travel with what they are about.
        foreach (var entry in archive.Entries.Where(entry => entry.FullName == entry.Name && entry.Name.StartsWith("LICENSE", StringComparison.Ordinal)))
        {
            Copy(entry, Path.Combine(folder, $"{package.Id}-{entry.Name}"), cancellation);
        }
    }

    private static void Copy(ZipArchiveEntry entry, string target, CancellationToken cancellation)
    {
        using var from = entry.Open();
        using var to = new FileStream(target, FileMode.CreateNew, FileAccess.Write);
        var buffer = new byte[1 << 20];
        for (int read; (read = from.Read(buffer)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            to.Write(buffer, 0, read);
        }
    }
}
