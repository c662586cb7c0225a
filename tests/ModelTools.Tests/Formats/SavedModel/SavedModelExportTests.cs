using System.Text.Json.Nodes;
using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Formats.Hdf5;
using ModelTools.Formats.KerasH5;
using ModelTools.Formats.SavedModel;
using ModelTools.Models;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.SavedModel;

/// <summary>The golden models, written as SavedModels: TensorFlow computes from their graphs what Keras computed.</summary>
public class SavedModelExportTests
{
    private static readonly string[] Files = ["k2/model.h5", "k3/model.h5"];

    private static readonly Lazy<JsonObject> Results = new(Run);

    /// <summary>The files of Keras 2, and those of Keras 3 for models that only it has.</summary>
    public static TheoryData<string, string> Models
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var models in FixtureModel.With(Files).GroupBy(row => (string)row[0]))
            {
                rows.Add(models.Key, models.Min(row => (string)row[1])!);
            }

            return rows;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void The_graph_of_a_golden_model_computes_its_outputs(string name, string file)
    {
        Assert.True(FixtureModel.Open(name).Has(file));
        var result = Results.Value[name]!;
        Skip.If(result["refused"] is not null, (string?)result["refused"]);
        Assert.Null((string?)result["opened"]);
        Assert.Equal("ok", (string?)result["signature"]);
    }

    private static JsonObject Run()
    {
        using var folder = new TemporaryFolder("modeltools-");
        var facts = new JsonObject();
        var refused = new JsonObject();
        foreach (var (name, file) in Models.Select(row => ((string)row[0], (string)row[1])))
        {
            try
            {
                facts[name] = Export(FixtureModel.Open(name), file, folder[name]);
            }
            catch (ModelToolsException error) when (error.Code.Kind is ErrorKind.NotSupported or ErrorKind.Unsafe || error.Code == ErrorCode.ModelNotBuilt)
            {
                refused[name] = new JsonObject { ["refused"] = $"{error.Code.Id}: {error.Message}" };
            }
        }

        System.IO.File.WriteAllText(folder["cases.json"], facts.ToJsonString());
        var results = SavedModelCases.Accept(folder.Path);
        foreach (var (name, reason) in refused)
        {
            results[name] = reason!.DeepClone();
        }

        return results;
    }

    private static JsonObject Export(FixtureModel fixture, string file, string path)
    {
        var model = new KerasH5Format().Read(fixture.PathOf(file), ModelReadOptions.Default);
        new SavedModelFormat().Write(model, path, ModelWriteOptions.Default);
        var recorded = RecordedCall.Of(fixture, model, file[..2]);
        SavedModelCases.Record(path + ".io.h5", model, recorded.Inputs, recorded.Outputs);
        return new JsonObject
        {
            ["tolerance"] = fixture.Tolerance,
            ["batches"] = new JsonArray(recorded.Inputs[0].Shape[0]),
            ["rows"] = new JsonArray("signature"),
        };
    }
}
