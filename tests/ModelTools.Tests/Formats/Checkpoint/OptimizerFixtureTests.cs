using System.Text.Json.Nodes;
using ModelTools.Formats;
using ModelTools.Formats.Checkpoint;
using ModelTools.Formats.KerasH5;
using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Tests.Support;
using ModelTools.Training;

namespace ModelTools.Tests.Formats.Checkpoint;

/// <summary>Models after three steps of every optimizer of Keras 2: its checkpoint and its HDF5 file hold the same state.</summary>
public class OptimizerFixtureTests
{
    private static readonly CheckpointFormat Format = new();

    public static TheoryData<string> Optimizers()
    {
        var rows = new TheoryData<string>();
        var index = TestFolders.Shared is { } shared ? Path.Combine(shared, "fixtures", "compiled", "index.json") : null;
        if (index is null)
        {
            rows.Add("no fixtures");
            return rows;
        }

        foreach (var (name, row) in (JsonObject)JsonNode.Parse(File.ReadAllText(index))!["optimizers"]!)
        {
            if (row!["k2"]?["files"]?["k2/ckpt"] is not null)
            {
                rows.Add(name);
            }
        }

        return rows;
    }

    [SkippableTheory]
    [MemberData(nameof(Optimizers))]
    public void The_state_is_that_of_the_HDF5_file(string name)
    {
        using var folder = new TemporaryFolder();
        var model = Load(name, folder);
        var expected = model.OptimizerState!;
        using var assignment = Format.MatchWeights(folder["k2/ckpt"], model, ModelReadOptions.Default);
        var state = assignment.OptimizerState;
        Assert.NotNull(state);
        Assert.Equal(3, state.Iterations);
        Assert.Equal(Digests(expected), Digests(state));
        Assert.All(expected.Shared.Zip(state.Shared), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.All(assignment.Unused, key => Assert.DoesNotContain("_variables", key, StringComparison.Ordinal));
    }

    [SkippableTheory]
    [MemberData(nameof(Optimizers))]
    public void The_state_is_written_under_the_keys_of_Keras(string name)
    {
        using var folder = new TemporaryFolder();
        var model = Load(name, folder);
        Format.WriteWeights(model, folder["ours"], ModelWriteOptions.Default);
        using var ours = CheckpointReader.Open(folder["ours"]);
        using var theirs = CheckpointReader.Open(folder["k2/ckpt"]);

        // Adafactor's zeros that stand for the rows and columns of vectors are not state; Nadam's product is counted otherwise here.
        string[] left = ["optimizer/_c/", "optimizer/_r/", "optimizer/_u_product/"];
        var expected = theirs.Entries.Where(entry => !left.Any(start => entry.Name.StartsWith(start, StringComparison.Ordinal))).ToArray();
        Assert.Equal(expected.Select(entry => entry.Name), ours.Entries.Select(entry => entry.Name));
        foreach (var entry in expected.Where(entry => entry.Name != CheckpointReader.ObjectGraphKey))
        {
            if (entry.Name.Contains("_current_learning_rate", StringComparison.Ordinal))
            {
                // A schedule is computed in double precision here.
                Assert.Equal(theirs.Read(entry.Name).AsSpan<float>()[0], ours.Read(entry.Name).AsSpan<float>()[0], 1e-7f);
            }
            else
            {
                Assert.True(theirs.Read(entry.Name).Digest() == ours.Read(entry.Name).Digest(), entry.Name);
            }
        }
    }

    private static Model Load(string name, TemporaryFolder folder)
    {
        var fixture = TestFolders.RequireShared("fixtures", "compiled", name);
        CheckpointFixtures.Extract(fixture, "k2/ckpt/", folder.Path);
        CheckpointFixtures.Extract(fixture, "k2/model.h5", folder.Path);
        var file = File.Exists(folder["k2/model.h5"]) ? folder["k2/model.h5"] : Path.Combine(fixture, "k2", "model.h5");
        return new KerasH5Format().Read(file, ModelReadOptions.Default);
    }

    private static string[] Digests(OptimizerState state) => [.. state.Slots.SelectMany(slots => slots).Select(slot => slot.Digest())];
}
