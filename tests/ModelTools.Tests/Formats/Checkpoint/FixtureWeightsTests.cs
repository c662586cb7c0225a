using System.Text.Json;
using ModelTools.Configuration;
using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Formats.Checkpoint;
using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.Checkpoint;

/// <summary>The golden models of Keras 2, loaded from their checkpoints and saved again.</summary>
public class FixtureWeightsTests
{
    private const string File = "k2/ckpt";

    private static readonly CheckpointFormat Format = new();

    public static TheoryData<string, string> Models => FixtureModel.With(File);

    public static TheoryData<string, string> ModelsAndSavedModels => FixtureModel.With(File, "k2/saved_model");

    [SkippableTheory]
    [MemberData(nameof(ModelsAndSavedModels))]
    public void Weights_arrive_where_the_manifest_has_them(string name, string file)
    {
        var fixture = FixtureModel.Open(name);
        var model = Load(fixture, file);
        var stored = fixture.Weights("k2").GroupBy(weight => weight.Name).Where(group => group.Count() == 1).ToDictionary(group => group.Key, group => group.Single());
        Assert.Equal(fixture.Weights("k2").Count, model.Variables.Count());
        foreach (var variable in model.Variables)
        {
            // Keras 2 keeps the weights of some half precision layers in single precision.
            Assert.True(!stored.TryGetValue(variable.FullName + ":0", out var weight) || weight.Crc32 == Crc32.Of(variable.Value) || weight.DType != variable.DType.Name(), variable.FullName);
        }

        var sameType = fixture.Weights("k2").All(weight => weight.DType == "float32");
        Assert.True(!sameType || fixture.Weights("k2").Select(weight => weight.Crc32).Order().SequenceEqual(model.Variables.Select(variable => Crc32.Of(variable.Value)).Order()), name);
    }

    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void Keys_and_data_are_those_of_Keras(string name, string file)
    {
        var fixture = FixtureModel.Open(name);
        var model = Load(fixture, file);
        using var folder = new TemporaryFolder();
        Format.WriteWeights(model, folder["weights.ckpt"], ModelWriteOptions.Default);
        using var ours = CheckpointReader.Open(folder.Path);
        using var theirs = CheckpointReader.Open(fixture.PathOf(file));
        var expected = theirs.Entries.Select(entry => entry.Name).Where(key => !IsBookkeeping(key)).ToArray();

        // A layer that Keras counts though it has no weights here: its successors go by their other name.
        Skip.If(theirs.Entries.Any(entry => entry.Name.Contains("token_counts", StringComparison.Ordinal)), "Written under other keys.");
        Assert.Equal(expected, ours.Entries.Select(entry => entry.Name));
        Assert.All(expected.Where(key => key != CheckpointReader.ObjectGraphKey && ours.Find(key)!.DType == theirs.Find(key)!.DType), key => Assert.Equal(theirs.Read(key).Digest(), ours.Read(key).Digest()));
    }

    private static bool IsBookkeeping(string key) =>
        key.Contains("adapt_", StringComparison.Ordinal) || key.Contains("lookup_table", StringComparison.Ordinal) || key.StartsWith("optimizer", StringComparison.Ordinal);

    private static Model Load(FixtureModel fixture, string file)
    {
        Skip.IfNot(fixture.Has("k2/architecture.json"), "The structure was not written.");
        var config = ConfigDocument.Parse(System.IO.File.ReadAllBytes(fixture.PathOf("k2/architecture.json"))).Root;
        var model = KerasJson.ReadModel(config);
        using var assignment = Format.MatchWeights(fixture.PathOf(file), model, ModelReadOptions.Default);
        assignment.Apply();
        return model;
    }
}
