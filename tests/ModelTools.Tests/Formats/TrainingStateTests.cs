using System.IO.Compression;
using System.Text.Json.Nodes;
using ModelTools.Configuration;
using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Formats.Hdf5;
using ModelTools.Models;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats;

/// <summary>Optimizers and where they stood, against the recorded states after three steps.</summary>
/// <typeparam name="TFile">The format.</typeparam>
public abstract class TrainingStateTests<TFile>
    where TFile : IWholeModelFile
{
    private static IModelFormat Format => TFile.Format;

    public static TheoryData<string, string> Compiled()
    {
        var rows = new TheoryData<string, string>();
        if (TestFolders.Shared is null)
        {
            rows.Add("no fixtures", "k2");
            return rows;
        }

        foreach (var (name, frameworks) in Index()["optimizers"]!.AsObject().Where(optimizer => TFile.KeepsOlderOptimizers || !optimizer.Key.StartsWith("legacy_", StringComparison.Ordinal)))
        {
            foreach (var framework in new[] { "k2", "k3" })
            {
                if (frameworks![framework]?["files"]?[$"{framework}/model{TFile.Extension}"] is not null)
                {
                    rows.Add(name, framework);
                }
            }
        }

        return rows;
    }

    [SkippableTheory]
    [MemberData(nameof(Compiled))]
    public void The_state_of_an_optimizer_is_that_of_the_recording(string name, string framework)
    {
        var findings = new List<ModelFinding>();
        using var folder = new TemporaryFolder();
        var model = Format.Read(Unpack(name, framework, folder), ModelReadOptions.Default with { Findings = findings });
        Assert.Empty(findings);
        Assert.NotNull(model.Training?.Optimizer);
        Assert.NotNull(model.Training.Loss);
        Assert.NotNull(model.OptimizerState);
        Assert.Equal(3, model.OptimizerState.Iterations);
        AssertState(name, framework, model);
    }

    /// <summary>Written for either generation and read again, the state is the same.</summary>
    [SkippableTheory]
    [MemberData(nameof(Compiled))]
    public void The_state_of_an_optimizer_survives_being_written(string name, string framework)
    {
        using var folder = new TemporaryFolder();
        var model = Format.Read(Unpack(name, framework, folder), ModelReadOptions.Default);
        Format.Write(model, folder["copy" + TFile.Extension], new ModelWriteOptions { Dialect = model.Dialect });
        var findings = new List<ModelFinding>();
        var again = Format.Read(folder["copy" + TFile.Extension], ModelReadOptions.Default with { Findings = findings });
        Assert.Empty(findings);
        Assert.Equal(Training(model), Training(again));
        AssertState(name, framework, again);
    }

    private static void AssertState(string name, string framework, Model model)
    {
        using var recording = Hdf5File.Open(TestFolders.RequireShared("fixtures", "compiled", "state.h5"));
        var recorded = new[] { "after3", $"after3.{framework}" }
            .SelectMany(group => recording.Root.Group(group).Links.Where(link => link.Name.StartsWith(name + ".o", StringComparison.Ordinal)).Select(link => recording.Root.Dataset($"{group}/{link.Name}")))
            .Select(dataset => Crc32.Of(dataset.Read()))
            .ToList();
        var slots = model.OptimizerState!.Slots.SelectMany(slots => slots).Where(slot => slot.Shape.Rank > 0 && slot.AsSpan<float>().ContainsAnyExcept(0f)).Select(Crc32.Of).ToList();
        Assert.NotEmpty(recorded);
        Assert.All(slots, slot => Assert.Contains(slot, recorded));
        Assert.True(slots.Count > 0 || name.StartsWith("sgd", StringComparison.Ordinal) || name.StartsWith("legacy_sgd", StringComparison.Ordinal));
    }

    private static ConfigObject Training(Model model) => KerasJson.WriteTraining(model, model.Dialect, KerasForm.Plain);

    private static string Unpack(string name, string framework, TemporaryFolder folder)
    {
        var directory = TestFolders.RequireShared("fixtures", "compiled", name);
        var file = $"{framework}/model{TFile.Extension}";
        if (File.Exists(Path.Combine(directory, file)))
        {
            return Path.Combine(directory, file);
        }

        using var zip = ZipFile.OpenRead(Path.Combine(directory, "files.zip"));
        zip.GetEntry(file)!.ExtractToFile(folder["original" + TFile.Extension]);
        return folder["original" + TFile.Extension];
    }

    private static JsonNode Index() => JsonNode.Parse(File.ReadAllText(TestFolders.RequireShared("fixtures", "compiled", "index.json")))!;
}
