using ModelTools.Formats;
using ModelTools.Layers;
using ModelTools.MSBuild.Tests.Support;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.MSBuild.Tests;

/// <summary>A broken model breaks the build, and the code says how it is broken.</summary>
[Collection(Builds.Name)]
public class BrokenModelTests(PackageFeed feed)
{
    private static readonly Dictionary<string, (string Code, Action<TestProject> Break)> Breakages = new()
    {
        ["damaged"] = ("MT1003", project => project.Add("bad_btree_signature.h5")),
        ["not finite"] = ("MT3010", project => project.Add("nan_weights.h5")),
        ["another shape"] = ("MT3013", project => Change(project, model => Replaced(model, 0, dense => new Dense(dense.Units + 1) { Name = dense.Name, Activation = dense.Activation }))),
        ["another type"] = ("MT3014", project => Change(project, model => Replaced(model, -1, dense => dense with { DType = new DTypePolicy("float64") }))),
        ["a layer less"] = ("MT3015", project => Change(project, model => Network(model, model.Layers.Take(model.Layers.Count - 1).Select(layer => layer.Layer)))),
        ["code"] = ("MT2005", project => project.Add("lambda_code.h5")),
        ["link to another file"] = ("MT2001", project => project.Add("external_link.h5")),
        ["cut off"] = ("MT1002", project => Cut(project["models/net.h5"])),
        ["other numbers than the lock"] = ("MT3009", project => Change(project, model => Network(model, model.Layers.Select(layer => layer.Layer)))),
        ["deleted"] = ("MT6001", project => File.Delete(project["models/net.h5"])),
    };

    [Fact]
    public void Ten_breakages_have_ten_codes()
    {
        var project = new TestProject(feed, "broken").Write("""<ModelFile Include="models/net.h5" Lock="models/net.lock.json" />""").Add("valid.h5");
        project.Build("-t:UpdateModelLock").Succeeds();
        Assert.Empty(project.Rebuild().Succeeds().Warnings);
        Assert.Empty(project.Rebuild().Succeeds().Tasks);

        var seen = new HashSet<string>();
        foreach (var (what, (code, damage)) in Breakages)
        {
            project.Add("valid.h5");
            damage(project);
            var result = project.Rebuild().Fails();
            Assert.True(result.Errors.Contains(code), $"{what}: expected {code}, got {string.Join(' ', result.Errors)}\n{result.Output}");
            Assert.All(result.AllErrors, error => Assert.EndsWith("net.h5", error.File, StringComparison.Ordinal));
            Assert.True(seen.Add(code));
        }

        Assert.Equal(10, seen.Count);
        project.Add("valid.h5");
        project.Rebuild().Succeeds();
    }

    [Fact]
    public void Warnings_follow_the_settings_of_the_project_and_of_the_model()
    {
        var project = new TestProject(feed, "warnings").Write("""<ModelFile Include="models/net.h5" />""").Add("unknown_class.h5");
        Assert.Contains("MT3021", project.Build().Succeeds().Warnings);
        Assert.DoesNotContain("MT3021", project.Rebuild("-p:NoWarn=MT3021").Succeeds().Warnings);
        Assert.Contains("MT3021", project.Rebuild("-p:WarningsAsErrors=MT3021").Fails().Errors);
        Assert.Contains("MT3021", project.Rebuild("-p:WarningsAsErrors=MT3021").Fails().Errors);

        project.Write("""<ModelFile Include="models/net.h5" Severity="MT3010=warning" />""").Add("nan_weights.h5");
        Assert.Contains("MT3010", project.Rebuild().Succeeds().Warnings);
        File.WriteAllText(project["models/.modeltools"], "modeltools.MT3010.severity = none\n");
        project.Write("""<ModelFile Include="models/net.h5" />""");
        Assert.Empty(project.Rebuild().Succeeds().Warnings);
        project.Write("""<ModelFile Include="models/net.h5" MaximumBytes="100" AllowedDTypes="float16" Inputs="float32[?, 5]" />""");
        Assert.Equal(["MT3017", "MT3018", "MT3019"], project.Rebuild().Fails().Errors);

        // A file of severities anywhere between model and project counts, and so does its going away.
        project.Add("nan_weights.h5", "models/deep/net.h5").Write("""<ModelFile Include="models/deep/net.h5" />""");
        Assert.Empty(project.Rebuild().Succeeds().Warnings);
        File.Delete(project["models/.modeltools"]);
        Assert.Contains("MT3010", project.Rebuild().Fails().Errors);
    }

    private static void Change(TestProject project, Func<Model, Model> change)
    {
        var model = ModelFile.Load(project["models/net.h5"]);
        ModelFile.Save(change(model), project["models/net.h5"], options: new ModelWriteOptions { Force = true });
    }

    private static Model Replaced(Model model, int index, Func<Dense, Dense> change)
    {
        var layers = model.Layers.Select(layer => layer.Layer).ToList();
        var place = layers.FindIndex(layer => layer is Dense) is var first && index >= 0 ? first : layers.FindLastIndex(layer => layer is Dense);
        layers[place] = change((Dense)layers[place]);
        return Network(model, layers);
    }

    private static Model Network(Model model, IEnumerable<Layer> layers) =>
        Model.Sequential([new InputLayer([Shape.Unknown, 3]) { Name = "x" }, .. layers.Where(layer => layer is not InputLayer)], model.Name);

    private static void Cut(string path)
    {
        using var file = File.OpenWrite(path);
        file.SetLength(file.Length / 2);
    }
}
