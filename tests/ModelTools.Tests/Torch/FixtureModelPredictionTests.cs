using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Formats.Hdf5;
using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Tests.Support;
using ModelTools.Torch;

namespace ModelTools.Tests.Torch;

/// <summary>The golden models of real Keras 2 and Keras 3: our predictions against theirs.</summary>
public sealed class FixtureModelPredictionTests
{
    // Text as input, or no graph in the file: there is nothing that the engine could run.
    private static readonly string[] CannotRun = ["custom_layer", "lambda_layer", "subclassed"];

    public static TheoryData<string, string> Models => FixtureModel.With("k2/model.h5", "k3/model.h5", "k2/model.keras", "k3/model.keras");

    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void PredictionsAreKerass(string name, string file)
    {
        var fixture = FixtureModel.Open(name);
        Engine.Require();
        Skip.If(CannotRun.Contains(name), "The model cannot be run by design.");
        Skip.If((name, file) is ("mha_masks", "k3/model.h5" or "k3/model.keras"), "In Keras 3 an attention layer takes the mask off its inputs, so that the next one on the same tensor computes without: padding differs.");
        try
        {
            Assert.Empty(Differences(fixture, file));
        }
        catch (ModelToolsException refused) when (refused.Code.Kind is ErrorKind.NotSupported or ErrorKind.Unsafe)
        {
            Skip.If(true, refused.Message);
        }
    }

    private static List<string> Differences(FixtureModel fixture, string file)
    {
        var model = ModelFormat.Detect(fixture.PathOf(file)).Read(fixture.PathOf(file), new ModelReadOptions());
        using var recording = Hdf5File.Open(fixture.Recording);
        var expected = recording.Root.Group((string)fixture.Manifest["outputs"]![file[..2]]!);
        using var predictor = new Predictor(model);
        var outputs = predictor.Predict(Inputs(fixture, model, recording));
        var names = model.OutputSpecs.Select(spec => spec.Name!).ToArray();
        int[] order = model.OutputStructure.Kind is TensorStructureKind.Dictionary
            ? [.. Enumerable.Range(0, names.Length).OrderBy(index => model.OutputStructure.Keys[index], StringComparer.Ordinal)]
            : [.. Enumerable.Range(0, names.Length)];
        return
        [
            .. order.Select((output, index) => Compare.NumbersDifference(outputs[output], expected.Dataset($"{index}").Read(), fixture.Tolerance) is { } difference ? $"{names[output]} {difference}" : null).OfType<string>(),
        ];
    }

    private static Tensor[] Inputs(FixtureModel fixture, Model model, Hdf5File recording)
    {
        var rows = fixture.Manifest["inputs"]!.AsArray();
        var inputs = Enumerable.Range(0, rows.Count).Select(index => recording.Root.Dataset($"inputs/{index}").Read()).ToArray();
        if (model.InputStructure.Kind is not TensorStructureKind.Dictionary)
        {
            return inputs;
        }

        var names = rows.Select(row => (string)row!["name"]!).ToList();
        return [.. model.InputStructure.Keys.Select(key => inputs[names.IndexOf(key)])];
    }
}
