using System.IO.Compression;
using System.Text.Json.Nodes;
using ModelTools.Configuration;
using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Formats.Hdf5;
using ModelTools.Formats.KerasArchive;
using ModelTools.Models;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.KerasArchive;

/// <summary>Optimizers and where they stood, against the recorded states after three steps.</summary>
public class KerasArchiveTrainingTests
{
    private static readonly KerasArchiveFormat Format = new();

    public static TheoryData<string, string> Compiled()
    {
        var rows = new TheoryData<string, string>();
        if (TestFolders.Shared is null)
        {
            rows.Add("no fixtures", "k2");
            return rows;
        }

        // Keras saves no state of its older optimizers in archives.
        foreach (var (name, frameworks) in Index()["optimizers"]!.AsObject().Where(optimizer => !optimizer.Key.StartsWith("legacy_", StringComparison.Ordinal)))
        {
            foreach (var framework in new[] { "k2", "k3" })
            {
                if (frameworks![framework]?["files"]?[$"{framework}/model.keras"] is not null)
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
        Format.Write(model, folder["copy.keras"], new ModelWriteOptions { Dialect = model.Dialect });
        var findings = new List<ModelFinding>();
        var again = Format.Read(folder["copy.keras"], ModelReadOptions.Default with { Findings = findings });
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
        Assert.True(slots.Count > 0 || name.StartsWith("sgd", StringComparison.Ordinal));
    }

    private static ConfigObject Training(Model model) => KerasJson.WriteTraining(model, model.Dialect, KerasForm.Plain);

    private static string Unpack(string name, string framework, TemporaryFolder folder)
    {
        var directory = TestFolders.RequireShared("fixtures", "compiled", name);
        var file = $"{framework}/model.keras";
        if (File.Exists(Path.Combine(directory, file)))
        {
            return Path.Combine(directory, file);
        }

        using var zip = ZipFile.OpenRead(Path.Combine(directory, "files.zip"));
        zip.GetEntry(file)!.ExtractToFile(folder["original.keras"]);
        return folder["original.keras"];
    }

    private static JsonNode Index() => JsonNode.Parse(File.ReadAllText(TestFolders.RequireShared("fixtures", "compiled", "index.json")))!;
}
