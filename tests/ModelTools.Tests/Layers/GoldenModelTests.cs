using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Formats.Hdf5;
using ModelTools.Formats.KerasH5;
using ModelTools.Tests.Support;
using ModelTools.Tests.Torch;
using ModelTools.Torch;

namespace ModelTools.Tests.Layers;

/// <summary>Whole models written by Keras: read, computed, compared with what Keras recorded.</summary>
public class GoldenModelTests
{
    // Layers that are kept and converted, but not run.
    private static readonly string[] NotRun = [];

    public static TheoryData<string, string> Files => FixtureModel.With("k2/model.h5", "k3/model.h5");

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Models_compute_what_Keras_recorded(string name, string file)
    {
        Engine.Require();
        var fixture = FixtureModel.Open(name);
        var model = new KerasH5Format().Read(fixture.PathOf(file), new ModelReadOptions());
        using var recording = Hdf5File.Open(fixture.Recording);
        var names = fixture.Manifest["inputs"]!.AsArray().Select(input => (string?)input!["name"]).ToList();
        var byName = (string)fixture.Manifest["input_structure"]! == "dict";
        var inputs = Enumerable.Range(0, names.Count).Select(i => recording.Root.Dataset($"inputs/{(byName ? names.IndexOf(model.InputSpecs[i].Name) : i)}").Read()).ToArray();
        using var predictor = new Predictor(model);
        if (NotRun.Contains(name))
        {
            Assert.Throws<ModelToolsException>(() => predictor.Predict(inputs));
            return;
        }

        var outputs = predictor.Predict(inputs);
        var group = (string)fixture.Manifest["outputs"]![file[..2]]!;
        for (var i = 0; i < outputs.Count; i++)
        {
            Assert.Null(Compare.Difference(outputs[i], recording.Root.Dataset($"{group}/{i}").Read(), fixture.Tolerance));
        }
    }
}
