namespace ModelTools.Tests.Support;

/// <summary>Where the tests find their files: the repository, and the shared fixtures where they are set up.</summary>
public static class TestFolders
{
    /// <summary>Root of the checkout.</summary>
    public static string Repository { get; } = FindUp(AppContext.BaseDirectory, folder => File.Exists(Path.Combine(folder, "ModelTools.psd1")) || File.Exists(Path.Combine(folder, "Directory.Packages.props")))
        ?? throw new DirectoryNotFoundException("The tests run inside a checkout.");

    /// <summary>The fixtures that are part of the project.</summary>
    public static string Fixtures { get; } = Path.Combine(Repository, "tests", "fixtures");

    /// <summary>The large shared folder of fixtures and oracle beside the checkout, or null where there is none.</summary>
    public static string? Shared { get; } = Environment.GetEnvironmentVariable("MODELTOOLS_SHARED") is { Length: > 0 } named ? named
        : FindUp(Repository, folder => Directory.Exists(Path.Combine(folder, "shared", "fixtures"))) is { } parent ? Path.Combine(parent, "shared") : null;

    /// <summary>A path below the shared folder; skips the test, with the reason, where there is none.</summary>
    public static string RequireShared(params string[] parts)
    {
        Skip.If(Shared is null, "The shared fixtures are not beside this checkout.");
        return Path.Combine([Shared!, .. parts]);
    }

    private static string? FindUp(string start, Func<string, bool> found)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (found(folder.FullName))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
