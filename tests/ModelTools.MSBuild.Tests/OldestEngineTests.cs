using System.IO.Compression;
using ModelTools.MSBuild.Tests.Support;

namespace ModelTools.MSBuild.Tests;

/// <summary>The oldest MSBuild that is promised, in a small program without an SDK: it takes the targets as they are written, and loads the tasks.</summary>
[Collection(Builds.Name)]
public class OldestEngineTests(PackageFeed feed)
{
    [Fact]
    public void The_package_works_in_it()
    {
        var project = Project("oldest");
        Assert.Contains("message models.lock.json holds 1 model.", Run(project, "UpdateModelLock").Select(line => line.Replace(project.Folder + "/", "", StringComparison.Ordinal)));

        var first = Succeeds(Run(project, "Build"));
        Assert.StartsWith("engine 17.7.", first[0], StringComparison.Ordinal);
        Assert.Equal(["ExportModels", "GenerateModelClass", "ValidateModels"], Tasks(first));
        Assert.Empty(new[] { "models/net.h5", "models/net.keras", "models/net/saved_model.pb" }.Except(first.Single(line => line.StartsWith("message copied ", StringComparison.Ordinal))["message copied ".Length..].Split(';')));
        Assert.Contains("message compiled Acme.Net.g.cs", first);

        // Nothing changed, then touched, then damaged, then cleaned.
        Assert.Empty(Tasks(Succeeds(Run(project, "Build"))));
        File.SetLastWriteTimeUtc(project["models/net.h5"], DateTime.UtcNow);
        Assert.Equal(3, Tasks(Succeeds(Run(project, "Build"))).Length);
        Assert.Equal(["CollectPackageModels"], Tasks(Succeeds(Run(project, "_AddModelsToPackage", "PackageId=Acme.Net"))));
        Assert.Equal(["PackageModels"], Tasks(Succeeds(Run(project, "PackageModels", "PackageOutputPath=packed/"))));
        Assert.Equal(["oldest.Models.1.0.0.nupkg"], project.Outputs("packed"));
        project.Add("nan_weights.h5");
        Assert.Contains(Run(project, "Build"), line => line.StartsWith("error MT3010 ", StringComparison.Ordinal) && line.Contains("models/net.h5", StringComparison.Ordinal));
        Succeeds(Run(project, "Clean"));
        Assert.False(Directory.Exists(project["obj/modeltools/Debug"]));
    }

    [Fact]
    public void On_the_NET_Framework_it_is_told_what_is_needed_and_nothing_else()
    {
        var project = Project("oldframework");
        var errors = Run(project, "Build", "_ModelToolsRuntimeType=Full").Where(line => line.StartsWith("error ", StringComparison.Ordinal));
        Assert.StartsWith("error MT4007 ", Assert.Single(errors), StringComparison.Ordinal);
        Succeeds(Run(project, "Build", "_ModelToolsRuntimeType=Full", "EnableModelTools=false"));
    }

    // The targets of an SDK that the package hooks into, each doing nothing.
    private TestProject Project(string name)
    {
        var package = Path.Combine(feed.Root, "unpacked");
        if (!Directory.Exists(package))
        {
            ZipFile.ExtractToDirectory(Path.Combine(feed.Feed, $"ModelTools.MSBuild.{feed.Version}.nupkg"), package);
        }

        var project = new TestProject(feed, name).Add("valid.h5");
        File.WriteAllText(project[$"{name}.proj"], $"""
            <Project>
              <PropertyGroup>
                <Language>C#</Language>
                <Configuration>Debug</Configuration>
                <BaseIntermediateOutputPath>obj/</BaseIntermediateOutputPath>
                <IntermediateOutputPath>obj/Debug/</IntermediateOutputPath>
                <OutputPath>bin/</OutputPath>
              </PropertyGroup>
              <Import Project="{package}/build/ModelTools.MSBuild.props" />
              <ItemGroup>
                <ModelFile Include="models/net.h5" CopyToOutputDirectory="PreserveNewest" ExportAs="Keras;SavedModel" GenerateClass="Acme.Net" Pack="true" />
              </ItemGroup>
              <Target Name="BeforeBuild" />
              <Target Name="AssignTargetPaths" />
              <Target Name="CoreCompile" />
              <Target Name="Clean" />
              <Target Name="Build" DependsOnTargets="BeforeBuild;AssignTargetPaths;CoreCompile">
                <Message Importance="high" Text="copied @(None->'%(Link)')" />
                <Message Importance="high" Text="compiled @(Compile->'%(Filename)%(Extension)')" />
              </Target>
              <Import Project="{package}/build/ModelTools.MSBuild.targets" />
            </Project>
            """);
        return project;
    }

    private static string[] Run(TestProject project, string target, params string[] properties)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "..", "..", "ModelTools.MSBuild.Oldest", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/', '\\')), "ModelTools.MSBuild.Oldest.dll");
        var (exitCode, output) = Dotnet.Run(project.Folder, project.Environment, [program, project[$"{project.Name}.proj"], target, .. properties]);
        return [.. output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries), $"exit {exitCode}"];
    }

    private static string[] Succeeds(string[] lines)
    {
        Assert.True(lines[^1] == "exit 0", string.Join('\n', lines));
        return lines;
    }

    private static string[] Tasks(string[] lines) => [.. lines.Where(line => line.StartsWith("task ", StringComparison.Ordinal)).Select(line => line["task ".Length..]).Where(name => name.Contains("Model", StringComparison.Ordinal)).Order()];
}
