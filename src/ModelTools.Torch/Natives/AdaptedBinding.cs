using System.Security.Cryptography;

namespace ModelTools.Torch.Natives;

/// <summary>A copy of TorchSharp's native library, kept in the user's cache, that starts on systems with an older libstdc++.</summary>
/// <remarks>
/// The library names GLIBCXX_3.4.32 for one symbol that nothing in it uses. The copy has that need marked weak; every
/// byte else is the same. Copies are named by the hash of their source, so versions and processes do not disturb each other.
/// </remarks>
internal static class AdaptedBinding
{
    /// <summary>The version that the library names without using it.</summary>
    public const string UnusedVersion = "GLIBCXX_3.4.32";

    /// <summary>Path of the adapted copy; makes it if it is not there or is not what it should be.</summary>
    /// <param name="source">Path of the library as it was shipped.</param>
    /// <param name="cache">The folder below which copies are kept.</param>
    /// <exception cref="InvalidDataException">The library is not one that can be adapted.</exception>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The cache cannot be written.</exception>
    public static string Prepare(string source, string cache)
    {
        var image = File.ReadAllBytes(source);
        var key = Convert.ToHexString(SHA256.HashData(image))[..16];
        ElfVersionNeeds.MakeOptional(image, UnusedVersion);

        var target = Path.Combine(cache, key, Path.GetFileName(source));
        if (!Holds(target, image))
        {
            Write(target, image);
        }

        return target;
    }

    /// <summary>The user's own cache folder for such copies.</summary>
    public static string UserCache()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set && Path.IsPathFullyQualified(set)
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".cache");
        return Path.Combine(cache, "modeltools", "torch");
    }

    private static bool Holds(string path, byte[] image)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length == image.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(image);
    }

    private static void Write(string target, byte[] image)
    {
        var folder = Path.GetDirectoryName(target)!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var temporary = Path.Combine(folder, $".{Path.GetRandomFileName()}");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(image);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
