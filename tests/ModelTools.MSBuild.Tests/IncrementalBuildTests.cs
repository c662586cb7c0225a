using System.IO.Compression;
using ModelTools.Formats;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.MSBuild.Tests.Support;
using ModelTools.Tensors;
using ModelTools.Tests.Support;
using ModelTools.Validation;

namespace ModelTools.MSBuild.Tests;

/// <summary>What has not changed is not done again, what is gone is taken away, and editors are not kept waiting.</summary>
[Collection(Builds.Name)]
public class IncrementalBuildTests(PackageFeed feed)
{
    private const string Items = """
        <ModelFile Include="models/net.h5" GenerateClass="Acme.Net" ExportAs="SavedModel;Keras" CopyToOutputDirectory="PreserveNewest" />
        <ModelFile Include="models/other.h5" Lock="models/other.lock.json" ExportAs="SavedModel" ExportName="served" ServingVersion="3" GenerateClass="Acme.Other" />
        """;

    private static readonly string[] Converted =
    [
        "models/net.h5", "models/net.keras", "models/net/saved_model.pb", "models/net/variables/variables.data-00000-of-00001", "models/net/variables/variables.index",
        "models/served/3/saved_model.pb", "models/served/3/variables/variables.index",
    ];

    [Fact]
    public void A_project_goes_through_its_life()
    {
        var project = new TestProject(feed, "life").Write(Items).Add("valid.h5").Add("valid.h5", "models/other.h5");
        project.Build("-t:UpdateModelLock").Succeeds();
        var first = project.Rebuild().Succeeds();
        Assert.Equal(["ExportModels", "GenerateModelClass", "ValidateModels"], first.Tasks.Order());
        Assert.Empty(Converted.Except(project.Outputs()));
        Assert.DoesNotContain("models/other.h5", project.Outputs());

        // Nothing changed: none of our tasks runs, and MSBuild agrees that there is nothing to do.
        Assert.Empty(project.Rebuild().Succeeds().Tasks);
        project.Rebuild("-question").Succeeds();

        // Touched and equal: hashed, and neither checked nor converted again.
        File.SetLastWriteTimeUtc(project["models/net.h5"], DateTime.UtcNow);
        var touched = project.Rebuild().Succeeds();
        Assert.Contains(touched.TaskMessages, text => text.EndsWith("net.h5 has not changed.", StringComparison.Ordinal));
        Assert.DoesNotContain(touched.TaskMessages, text => text.Contains(" -> ", StringComparison.Ordinal) || text.EndsWith("is valid.", StringComparison.Ordinal));
        Assert.Empty(project.Rebuild().Succeeds().Tasks);

        // An output that somebody deleted is made again.
        File.Delete(project["obj/modeltools/Debug/exports/models/net.keras"]);
        Assert.Equal(["ExportModels"], project.Rebuild().Succeeds().Tasks);
        Assert.True(File.Exists(project["obj/modeltools/Debug/exports/models/net.keras"]));

        // Another model under the same name, with an older time.
        project.Add("unknown_class.h5");
        File.SetLastWriteTimeUtc(project["models/net.h5"], new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Contains("ValidateModels", project.Rebuild().Tasks);
        project.Add("valid.h5");

        // A model that is gone takes its outputs with it.
        project.Write("""<ModelFile Include="models/net.h5" />""");
        project.Rebuild().Succeeds();
        Assert.Equal(["models/net.h5"], project.Outputs().Where(file => file.StartsWith("models/", StringComparison.Ordinal)));
        Assert.Empty(project.Outputs("obj/modeltools/Debug/exports"));
        Assert.Empty(project.Outputs("obj/modeltools/Debug/classes"));

        project.Run("clean").Succeeds();
        Assert.DoesNotContain(project.Outputs(), file => file.StartsWith("models/", StringComparison.Ordinal));
        Assert.False(Directory.Exists(project["obj/modeltools/Debug"]));
        Assert.Empty(project.Outputs("obj/Debug/net10.0/modeltools"));
    }

    [Fact]
    public void Models_that_are_gone_leave_the_lock_and_those_that_were_renamed_are_told()
    {
        var project = new TestProject(feed, "renamed").Write("""<ModelFile Include="models/*.h5" />""").Add("valid.h5").Add("valid.h5", "models/other.h5");
        project.Build("-t:UpdateModelLock").Succeeds();
        Assert.Equal(["models/net.h5", "models/other.h5"], Locked());

        File.Move(project["models/net.h5"], project["models/new.h5"]);
        var renamed = project.Rebuild().Fails();
        Assert.Equal(["MT3016"], renamed.Errors);
        Assert.Contains("the same model as 'models/net.h5': it was renamed", renamed.Output, StringComparison.Ordinal);
        project.Rebuild("-t:UpdateModelLock").Succeeds();
        Assert.Equal(["models/new.h5", "models/other.h5"], Locked());
        project.Rebuild().Succeeds();

        Directory.Delete(project["models"], recursive: true);
        project.Rebuild("-t:UpdateModelLock").Succeeds();
        Assert.Empty(Locked());

        string[] Locked() => [.. ModelLock.Read(project["models.lock.json"]).Models.Select(model => model.Path)];
    }

    [Fact]
    public void The_structure_beside_weights_counts_as_theirs()
    {
        var project = new TestProject(feed, "beside").Write("""<ModelFile Include="models/net.weights.h5" />""").Add("valid.h5");
        var model = ModelFile.Load(project["models/net.h5"]);
        ModelFile.SaveWeights(model, project["models/net.weights.h5"]);
        ModelFile.Save(model, project["models/net.json"], ModelFormat.Named("KerasJson"));
        project.Build("-t:UpdateModelLock").Succeeds();
        project.Rebuild().Succeeds();
        Assert.Empty(project.Rebuild().Succeeds().Tasks);

        var other = Model.Sequential([new InputLayer([Shape.Unknown, 3]) { Name = "x" }, new Dense(7)], "other");
        ModelFile.Save(other, project["models/net.json"], ModelFormat.Named("KerasJson"), new ModelWriteOptions { Force = true });
        Assert.NotEmpty(project.Rebuild().Fails().Errors);
    }

    [Fact]
    public void A_checkpoint_may_be_named_by_its_index()
    {
        var project = new TestProject(feed, "index").Write("""<ModelFile Include="models/net.ckpt.index" ExportAs="Keras" CopyToOutputDirectory="PreserveNewest" Lock="net.lock.json" />""").Add("valid.h5");
        var model = ModelFile.Load(project["models/net.h5"]);
        ModelFile.SaveWeights(model, project["models/net.ckpt"]);
        ModelFile.Save(model, project["models/net.json"], ModelFormat.Named("KerasJson"));
        project.Build("-t:UpdateModelLock").Succeeds();
        project.Rebuild().Succeeds();
        Assert.Empty(new[] { "models/net.ckpt.data-00000-of-00001", "models/net.ckpt.index", "models/net.keras" }.Except(project.Outputs()));

        // Other numbers are in the data, and the index may be as it was.
        var index = project["models/net.ckpt.index"];
        var time = File.GetLastWriteTimeUtc(index);
        ModelFile.SaveWeights(Model.Sequential([new InputLayer([Shape.Unknown, 3]) { Name = "x" }, .. model.Layers.Select(layer => layer.Layer).Where(layer => layer is not InputLayer)], model.Name), project["models/net.ckpt"], options: new ModelWriteOptions { Force = true });
        File.SetLastWriteTimeUtc(index, time);
        Assert.Contains("MT3009", project.Rebuild().Fails().Errors);
    }

    [SkippableFact]
    public void All_files_of_split_weights_and_of_folders_count()
    {
        var source = TestFolders.RequireShared("fixtures", "models", "sharded", "k3");
        var project = new TestProject(feed, "split").Write("""<ModelFile Include="models/sharded.weights.json" /><ModelFile Include="models/net" />""");
        ZipFile.ExtractToDirectory(Path.Combine(source, "model.keras"), project["models/net"]);
        foreach (var file in Directory.GetFiles(source, "sharded*"))
        {
            File.Copy(file, project[$"models/{Path.GetFileName(file)}"]);
        }

        project.Build().Succeeds();
        Assert.Equal(
            ["models/net/config.json", "models/net/metadata.json", "models/net/model.weights.h5", "models/sharded.weights.json", "models/sharded_00000.weights.h5", "models/sharded_00001.weights.h5", "models/sharded_00002.weights.h5"],
            project.Outputs().Where(output => output.StartsWith("models/", StringComparison.Ordinal)));
        Assert.Empty(project.Rebuild().Succeeds().Tasks);

        File.WriteAllText(project["models/sharded_00001.weights.h5"], "damaged");
        Assert.NotEmpty(project.Rebuild().Fails().Errors);
    }

    [Fact]
    public void An_editor_that_looks_at_the_project_gets_its_class_and_nothing_else()
    {
        var project = new TestProject(feed, "editor").Write(Items.Replace("Lock=\"models/other.lock.json\" ", "", StringComparison.Ordinal)).Add("valid.h5").Add("valid.h5", "models/other.h5");
        string[] flags = ["-t:Compile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-p:BuildProjectReferences=false"];
        Assert.Equal(["GenerateModelClass"], project.Build(flags).Succeeds().Tasks);
        Assert.Empty(project.Rebuild(flags).Succeeds().Tasks);

        // Editors and dotnet watch are told which files make a build worth while.
        foreach (var list in new[] { "UpToDateCheckInput", "Watch" })
        {
            Assert.Contains("models/net.h5", project.Rebuild($"-getItem:{list}").Output.Replace(@"\\", "/", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        File.Delete(project["models/net.h5"]);
        Directory.Delete(project["obj/modeltools"], recursive: true);
        project.Rebuild(flags).Succeeds();
    }
}
