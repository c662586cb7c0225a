namespace ModelTools.MSBuild.Tests.Support;

/// <summary>A project on the disk that uses the package.</summary>
internal sealed class TestProject
{
    private readonly PackageFeed _feed;

    /// <param name="feed">The package.</param>
    /// <param name="name">Folder, which may lie deeper, and name.</param>
    public TestProject(PackageFeed feed, string name)
    {
        _feed = feed;
        Name = Path.GetFileName(name);
        Environment = new Dictionary<string, string> { ["NUGET_PACKAGES"] = feed.Packages };
        Folder = Directory.CreateDirectory(Path.Combine(feed.Root, name)).FullName;
    }

    public string Name { get; }

    public string Folder { get; }

    /// <summary>Variables of the environment that its builds see.</summary>
    public Dictionary<string, string> Environment { get; }

    /// <summary>A path inside.</summary>
    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Writes the project file of a library.</summary>
    /// <param name="items">Its items.</param>
    /// <param name="properties">Its properties beside the usual ones.</param>
    /// <param name="usesTools">Whether it uses the package; a consumer of models does not.</param>
    public TestProject Write(string items, string properties = "", bool usesTools = true)
    {
        var framework = properties.Contains("<TargetFrameworks>", StringComparison.Ordinal) ? "" : "<TargetFramework>net10.0</TargetFramework>";
        var package = usesTools ? $"""<PackageReference Include="ModelTools.MSBuild" Version="{_feed.Version}" PrivateAssets="all" />""" : "";
        File.WriteAllText(this[$"{Name}.csproj"], $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                {framework}
                <Nullable>enable</Nullable>
                <UseAppHost>false</UseAppHost>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {package}
                {items}
              </ItemGroup>
            </Project>
            """);
        return this;
    }

    /// <summary>Copies one of the models that h5py and Keras wrote.</summary>
    public TestProject Add(string model, string path = "models/net.h5")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
        File.Copy(Path.Combine(TestFolders.Fixtures, "builds", model), this[path], overwrite: true);

        // Copies keep their time, and a checkout writes many files in the same moment.
        File.SetLastWriteTimeUtc(this[path], DateTime.UtcNow);
        return this;
    }

    /// <summary>Builds, restoring first.</summary>
    public BuildResult Build(params string[] arguments) => Run("build", arguments);

    /// <summary>Builds what is restored already.</summary>
    public BuildResult Rebuild(params string[] arguments) => Run("build", ["--no-restore", .. arguments]);

    /// <summary>Runs another command that builds.</summary>
    public BuildResult Run(string command, params string[] arguments) => Logged(command, arguments, all => Dotnet.Run(Folder, Environment, all));

    /// <summary>Builds what is restored already, and presses Ctrl+C as soon as something can be seen.</summary>
    public BuildResult Interrupt(Func<bool> seen, params string[] arguments) =>
        Logged("build", ["--no-restore", .. arguments], all => Dotnet.RunUntil(seen, Folder, Environment, all));

    /// <summary>Runs the built program.</summary>
    public (int ExitCode, string Output) Start() => Dotnet.Run(Folder, Environment, this[$"bin/Debug/net10.0/{Name}.dll"]);

    /// <summary>Names of the files in the output folder, with <c>/</c>.</summary>
    public string[] Outputs(string below = "bin/Debug/net10.0") => !Directory.Exists(this[below]) ? []
        : [.. Directory.GetFiles(this[below], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(this[below], file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private BuildResult Logged(string command, string[] arguments, Func<string[], (int ExitCode, string Output)> run)
    {
        var log = this[$"{command}.binlog"];
        var (exitCode, output) = run([command, .. arguments, "-nr:false", "--nologo", $"-bl:{log}"]);
        return new BuildResult(exitCode, output, log);
    }
}
