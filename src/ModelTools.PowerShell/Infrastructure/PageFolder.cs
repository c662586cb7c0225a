using System.Security.Cryptography;
using System.Text;

namespace ModelTools.Infrastructure;

/// <summary>Where pages are that nobody gave a place: in one folder of the user's, one for each model, replaced when the model is shown again and deleted a month later.</summary>
internal static class PageFolder
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private static readonly string Root = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } data ? data : Path.GetTempPath(),
        "ModelTools",
        "pages");

    /// <summary>The page of a model; its folder exists.</summary>
    /// <param name="name">Name of the model or its file.</param>
    /// <param name="file">Full path of the file, or null for a model in memory; files of one name in two folders have two pages.</param>
    public static string PageOf(string name, string? file)
    {
        var folder = Directory.CreateDirectory(Root);
        DeleteOld(folder);
        return PageIn(folder.FullName, file is null ? name : $"{name}-{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(file)))[..8].ToLowerInvariant()}");
    }

    /// <summary>A page named after a model.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">Name of the model; what cannot be in a file's name is replaced.</param>
    public static string PageIn(string folder, string name) =>
        Path.Combine(folder, string.Concat(name.Select(letter => Path.GetInvalidFileNameChars().Contains(letter) ? '_' : letter)) + ".html");

    private static void DeleteOld(DirectoryInfo folder)
    {
        foreach (var page in folder.EnumerateFiles("*.html").Where(page => page.LastWriteTimeUtc < DateTime.UtcNow - Kept))
        {
            try
            {
                page.Delete();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // In use: it goes the next time.
            }
        }
    }
}
