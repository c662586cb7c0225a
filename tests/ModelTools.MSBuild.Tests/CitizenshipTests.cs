using ModelTools.Formats;
using ModelTools.Formats.TensorFiles;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.MSBuild.Tests.Support;
using ModelTools.Tensors;
using ModelTools.Torch;

namespace ModelTools.MSBuild.Tests;

/// <summary>Odd paths, read-only files, several frameworks and projects at once, other hosts, and the engine.</summary>
[Collection(Builds.Name)]
public class CitizenshipTests(PackageFeed feed)
{
    [Fact]
    public void Odd_paths_and_read_only_models_build_and_publish()
    {
        var project = new TestProject(feed, "odd @ (1) é's/odd").Write("""
            <ModelFile Include="models/a%3bb%40c%25 d/é 1.h5" ExportAs="Keras" CopyToOutputDirectory="PreserveNewest" ExportName="x%3b %25y" Lock="models/a%3bb%40c%25 d/é.json" />
            <ModelFile Include="../shared model.h5" GenerateClass="Net" />
            <ModelFile Include="models/saved" />
            <ModelFile Include="models/net.ckpt" />
            """).Add("valid.h5", "models/a;b@c% d/é 1.h5").Add("valid.h5", "../shared model.h5");
        ModelConversion.Convert(project["models/a;b@c% d/é 1.h5"], project["models/saved"], ModelFormat.Named("SavedModel"));
        ModelFile.SaveWeights(ModelFile.Load(project["../shared model.h5"]), project["models/net.ckpt"]);
        ModelFile.Save(ModelFile.Load(project["../shared model.h5"]), project["models/net.json"], ModelFormat.Named("KerasJson"));
        File.SetAttributes(project["models/a;b@c% d/é 1.h5"], FileAttributes.ReadOnly);
        project.Build("-t:UpdateModelLock").Succeeds();
        Assert.True(File.Exists(project["models/a;b@c% d/é.json"]));
        project.Rebuild().Succeeds();
        Assert.Empty(project.Rebuild().Succeeds().Tasks);
        project.Run("publish", "--no-restore").Succeeds();
        string[] expected = ["models/a;b@c% d/x; %y.keras", "models/a;b@c% d/é 1.h5", "models/net.ckpt.data-00000-of-00001", "models/net.ckpt.index", "models/saved/saved_model.pb", "models/saved/variables/variables.index", "shared model.h5"];
        Assert.Empty(expected.Except(project.Outputs()));
        Assert.Empty(expected.Except(project.Outputs("bin/Release/net10.0/publish")));
    }

    [Fact]
    public void Two_projects_with_two_frameworks_share_a_model_in_one_parallel_build()
    {
        var item = """<ModelFile Include="../net.h5" Lock="../net.lock.json" ExportAs="SavedModel" GenerateClass="Net" />""";
        var frameworks = "<TargetFrameworks>net10.0;net8.0</TargetFrameworks>";
        var first = new TestProject(feed, "pair/first").Write(item, frameworks).Add("valid.h5", "../net.h5");
        new TestProject(feed, "pair/second").Write(item, frameworks);
        first.Build("-t:UpdateModelLock").Succeeds();
        var all = new TestProject(feed, "pair/all").Write("""<ProjectReference Include="../first/first.csproj;../second/second.csproj" />""", usesTools: false);
        foreach (var mode in new[] { "-mt", "-m:2" })
        {
            var result = all.Build("-m:2", mode).Succeeds();
            Assert.Empty(result.Warnings);
        }

        Assert.Contains("net/saved_model.pb", all.Outputs());
        Directory.Delete(first["obj/modeltools"], recursive: true);
        Directory.Delete(first["obj/Debug"], recursive: true);
        var threads = first.Rebuild("-m:2", "-mt").Succeeds();
        Assert.Single(threads.TaskMessages, text => text.EndsWith("net.h5 is valid.", StringComparison.Ordinal));
        Assert.Single(threads.TaskMessages, text => text.Contains("net.h5 -> ", StringComparison.Ordinal) && text.EndsWith("exports/net", StringComparison.Ordinal));

        // Another process for the tasks would be started with -mt if they did not say that they need none.
        Assert.DoesNotContain("task host", string.Join('\n', threads.TaskMessages), StringComparison.OrdinalIgnoreCase);

        first.Run("clean", "-m:2").Succeeds();
        Assert.False(Directory.Exists(first["obj/modeltools/Debug"]));
    }

    [Fact]
    public void The_tasks_run_in_a_process_of_their_own_too()
    {
        var project = new TestProject(feed, "apart").Write("""<ModelFile Include="models/net.h5" ExportAs="Keras" GenerateClass="Acme.Net" />""").Add("valid.h5");
        project.Build("-t:UpdateModelLock").Succeeds();

        // As under MSBuild on .NET Framework.
        project.Environment["MSBUILDFORCEALLTASKSOUTOFPROC"] = "1";
        var result = project.Rebuild().Succeeds();
        Assert.Equal(3, result.TaskMessages.Count(text => text.Contains("in an external task host with a runtime of \"NET\"", StringComparison.Ordinal)));
        Assert.Contains("models/net.keras", project.Outputs());
        project.Add("nan_weights.h5");
        var error = project.Rebuild().Fails().AllErrors[0];
        Assert.Equal("MT3010", error.Code);
        Assert.EndsWith("net.h5", error.File, StringComparison.Ordinal);
    }

    [Fact]
    public void An_MSBuild_that_cannot_run_the_tasks_says_so_once()
    {
        var project = new TestProject(feed, "framework").Write("""<ModelFile Include="models/net.h5" ExportAs="Keras" />""").Add("valid.h5");
        var result = project.Build("-p:_ModelToolsCannotRun=true").Fails();
        Assert.Equal(["MT4007"], result.Errors);
        Assert.Empty(result.Tasks);
        project.Rebuild("-p:EnableModelTools=false").Succeeds();

        // The one that builds here has what is needed.
        project.Rebuild("-p:_ModelToolsRuntimeType=Full").Succeeds();
    }

    [SkippableFact]
    public void Recorded_outputs_are_computed_again()
    {
        Skip.IfNot(TorchEngine.IsAvailable(out var reason), reason);
        var project = new TestProject(feed, "golden").Write("""<ModelFile Include="models/net.h5" GoldenData="models/golden.npz" />""").Add("valid.h5");
        var model = ModelFile.Load(project["models/net.h5"]);
        var input = Tensor.FromArray([1f, -2f, 3f], 1, 3);
        using var predictor = new Predictor(model);
        var output = predictor.Predict([input])[0];
        Record(output);
        project.Build().Succeeds();
        Record(Tensor.FromArray([1f, 2f], 1, 2));
        Assert.Equal(["MT3020"], project.Rebuild().Fails().Errors);

        void Record(Tensor outputs) => TensorFile.WriteAll(project["models/golden.npz"], [new("x", input), new("b", outputs)], overwrite: true);
    }
}
