using ModelTools.Formats;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.MSBuild.Tests.Support;
using ModelTools.Tensors;

namespace ModelTools.MSBuild.Tests;

/// <summary>Ctrl+C in the middle of our work on a large model: nothing half-written, nothing left over, and the next build does the work.</summary>
[Collection(Builds.Name)]
public class CancelledBuildTests(PackageFeed feed)
{
    private const string Package = "large.Models.1.0.0.nupkg";

    [SkippableFact]
    public void A_cancelled_build_is_as_if_it_had_not_been()
    {
        Skip.If(OperatingSystem.IsWindows(), "There is no signal to send on Windows.");
        var project = new TestProject(feed, "large").Write("""<ModelFile Include="models/net.h5" ExportAs="SavedModel;Keras" />""");
        project.Run("restore").Succeeds();
        Directory.CreateDirectory(project["models"]);
        ModelFile.Save(Model.Sequential([new InputLayer([Shape.Unknown, 3616]), .. Enumerable.Range(0, 10).Select(_ => new Dense(3616))]), project["models/net.h5"]);
        Assert.True(new FileInfo(project["models/net.h5"]).Length > 500_000_000);

        // While it is checked.
        Cancelled(project.Interrupt(() => File.Exists(project["obj/modeltools/Debug/state.lock"])), "ValidateModels");
        Assert.Equal(["settings.txt"], project.Outputs("obj/Debug/net10.0/modeltools"));

        // While it is converted, into a folder and then into a file.
        foreach (var part in new[] { ".net.modeltools-tmp", ".net.keras.modeltools-tmp" })
        {
            var temporary = project[$"obj/modeltools/Debug/exports/models/{part}"];
            Cancelled(project.Interrupt(() => Path.Exists(temporary)), "ExportModels");
            Assert.Empty(Directory.GetFileSystemEntries(project.Folder, "*modeltools-tmp", SearchOption.AllDirectories));
            Assert.False(File.Exists(project["obj/Debug/net10.0/modeltools/exports.stamp"]));
        }

        // What was complete before the interruption is known: it is not made again, and goes when it is no longer asked for.
        Assert.True(File.Exists(project["obj/modeltools/Debug/exports/models/net/saved_model.pb"]));
        project.Write("""<ModelFile Include="models/net.h5" ExportAs="Keras" />""");
        Assert.Equal(["ExportModels", "ValidateModels"], project.Rebuild().Succeeds().Tasks.Order());
        Assert.Equal(["models/net.keras"], project.Outputs("obj/modeltools/Debug/exports"));
        Assert.Equal(new FileInfo(project["obj/modeltools/Debug/exports/models/net.keras"]).Length, new FileInfo(project["bin/Debug/net10.0/models/net.keras"]).Length);
        Assert.Empty(project.Rebuild().Succeeds().Tasks);

        // While it is packed.
        string[] pack = ["-t:PackageModels", $"-p:PackageOutputPath={project["packed"]}", "-p:ModelPackageMaximumBytes=1000000000"];
        Cancelled(project.Interrupt(() => File.Exists(project[$"packed/.{Package}.modeltools-tmp"]), pack), "PackageModels");
        Assert.Empty(project.Outputs("packed"));
        project.Rebuild(pack).Succeeds();
        Assert.Equal([Package], project.Outputs("packed"));
    }

    private static void Cancelled(BuildResult result, string task)
    {
        Assert.Equal(task, result.Fails().Tasks.Last());
        Assert.Contains("Cancelled.", result.TaskMessages);
        Assert.Empty(result.AllErrors);
    }
}
