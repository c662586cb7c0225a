using System.Reflection;

namespace ModelTools.MSBuild.Tests.Support;

/// <summary>The package as it is published, in a source of its own, with an empty package folder: made once for all tests.</summary>
public sealed class PackageFeed : IDisposable
{
    private readonly TemporaryFolder _folder = new("modeltools builds ");

    public PackageFeed()
    {
        var configuration = typeof(PackageFeed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Configuration").Value!;
        Directory.CreateDirectory(Feed);
        var project = Path.Combine(TestFolders.Repository, "src", "ModelTools.MSBuild");
        var (exitCode, output) = Dotnet.Run(project, null, "pack", "--no-build", "-c", configuration, "-o", Feed, $"-p:PackageVersion={Version}", "-nr:false", "--nologo");
        Assert.True(exitCode == 0, output);

        // Reference assemblies and the like come from the machine's own package folder: nothing is asked over a network.
        var installed = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        File.WriteAllText(Path.Combine(Root, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="feed" value="{Feed}" />
                <add key="installed" value="{installed}" />
              </packageSources>
              <auditSources><clear /></auditSources>
            </configuration>
            """);
    }

    /// <summary>A version that no earlier run had.</summary>
    public string Version { get; } = $"0.1.0-test.{DateTime.UtcNow:yyyyMMddHHmmssfff}";

    /// <summary>Where projects are made.</summary>
    public string Root => _folder.Path;

    /// <summary>The source.</summary>
    public string Feed => _folder["feed"];

    /// <summary>The package folder.</summary>
    public string Packages => _folder["packages"];

    public void Dispose() => _folder.Dispose();
}

/// <summary>Tests that share the feed; builds run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class Builds : ICollectionFixture<PackageFeed>
{
    public const string Name = "builds";
}
