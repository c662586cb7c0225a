using System.Xml;
using System.Xml.Linq;

namespace ModelTools.Torch.Natives;

/// <summary>The folders in which NuGet keeps restored packages.</summary>
internal static class PackageFolders
{
    /// <summary><c>NUGET_PACKAGES</c>, the folder of the user's NuGet configuration, and the default folder: those that exist.</summary>
    public static IEnumerable<string> All()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string?[] folders =
        [
            Environment.GetEnvironmentVariable("NUGET_PACKAGES"),
            .. Configurations(home).Select(Configured),
            home.Length == 0 ? null : Path.Combine(home, ".nuget", "packages"),
        ];
        return folders.Where(Directory.Exists).OfType<string>().Distinct();
    }

    private static IEnumerable<string> Configurations(string home) =>
    [
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "NuGet", "NuGet.Config"),
        Path.Combine(home, ".nuget", "NuGet", "NuGet.Config"),
    ];

    private static string? Configured(string file)
    {
        try
        {
            var value = File.Exists(file)
                ? XDocument.Load(file).Descendants("add").FirstOrDefault(add => (string?)add.Attribute("key") == "globalPackagesFolder")?.Attribute("value")?.Value
                : null;
            return string.IsNullOrEmpty(value) ? null : Path.GetFullPath(Environment.ExpandEnvironmentVariables(value), Path.GetDirectoryName(file)!);
        }
        catch (Exception broken) when (broken is XmlException or IOException or UnauthorizedAccessException)
        {
            // NuGet itself reports a broken configuration; here it only means one place less to look.
            return null;
        }
    }
}
