namespace ModelTools.Host;

/// <summary>Finds the composed module: inside the installed tool, or in the artifacts of the checkout it was built in.</summary>
internal static class ModuleLocation
{
    private const string Manifest = "ModelTools.psd1";

    /// <summary>Full path of the module's manifest, or null.</summary>
    public static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var modules = Path.Combine(folder.FullName, "module", "ModelTools");
            if (Directory.Exists(modules) && Newest(modules) is { } manifest)
            {
                return manifest;
            }
        }

        return null;
    }

    private static string? Newest(string folder) => Directory.EnumerateDirectories(folder)
        .Where(version => File.Exists(Path.Combine(version, Manifest)) && Version.TryParse(Path.GetFileName(version), out _))
        .MaxBy(version => Version.Parse(Path.GetFileName(version))) is { } newest ? Path.Combine(newest, Manifest) : null;
}
