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
    // Kept and converted, but not run: unknown and code-carrying layers, operations on constants, quantised weights, text, filters beyond bilinear.
    private static readonly string[] NotRun = [
        "adaptive_pool", "add_constant", "batch_renorm", "category_encoding", "conv_lstm", "conv_lstm3d", "conv_lstm_defaults", "custom_layer",
        "discretization", "embedding_mask k3/model.h5", "grouped_query_attention", "hashing", "image_preprocessing", "integer_lookup", "keras_ops",
        "lambda_layer", "locally_connected", "masking k3/model.h5", "quantized_float8", "quantized_int4", "quantized_int8", "reversible_embedding",
        "spectralnorm", "string_lookup", "text_vectorization", "tf_op_layers", "upsampling",
    ];

    // In Keras 3 an attention layer takes the mask off its inputs, so that a second one on the same tensor sees none: padding differs.
    private static readonly string[] Differs = ["mha_masks k3/model.h5"];

    private static readonly string[] Refusals = ["MT2005", "MT4001", "MT4002", "MT4004"];

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
        if (NotRun.Contains(name) || NotRun.Contains($"{name} {file}"))
        {
            var refusal = Assert.Throws<ModelToolsException>(() => predictor.Predict(inputs));
            Assert.Contains(refusal.Code.Id, Refusals);
            return;
        }

        Skip.If(Differs.Contains($"{name} {file}"), "Keras itself computes this differently by accident.");
        var outputs = predictor.Predict(inputs);
        var outputNames = fixture.Manifest["output_names"]?.AsArray().Select(output => (string?)output).ToList() ?? [];
        var outputsByName = (string?)fixture.Manifest["output_structure"] == "dict";
        var group = (string)fixture.Manifest["outputs"]![file[..2]]!;
        for (var i = 0; i < outputs.Count; i++)
        {
            var place = outputsByName ? outputNames.IndexOf(model.OutputSpecs[i].Name) : i;
            Assert.Null(Compare.Difference(outputs[i], recording.Root.Dataset($"{group}/{place}").Read(), fixture.Tolerance));
        }
    }
}
