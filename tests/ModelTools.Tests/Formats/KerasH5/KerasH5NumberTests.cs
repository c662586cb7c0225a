using ModelTools.Formats;
using ModelTools.Formats.Hdf5;
using ModelTools.Formats.KerasH5;
using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Tests.Support;
using ModelTools.Tests.Torch;
using ModelTools.Torch;

namespace ModelTools.Tests.Formats.KerasH5;

/// <summary>Models from files compute what Keras computed with them.</summary>
public class KerasH5NumberTests
{
    private static readonly KerasH5Format Format = new();

    public static TheoryData<string, string> Models => FixtureModel.With("k2/model.h5", "k3/model.h5");

    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void The_outputs_of_a_model_are_those_of_keras(string name, string file)
    {
        Engine.Require();
        var fixture = FixtureModel.Open(name);
        var model = Format.Read(fixture.PathOf(file), ModelReadOptions.Default);
        Skip.If(model.AllLayers.Any(layer => layer.IsOpaque) || model.Nodes.Any(node => node.HasConstants), "A layer cannot be run.");
        using var recording = Hdf5File.Open(fixture.Recording);
        var names = fixture.Manifest["inputs"]!.AsArray().Select(input => (string)input!["name"]!).ToList();
        var given = names.Select((_, index) => recording.Root.Dataset($"inputs/{index}").Read().Load()).ToList();
        IReadOnlyList<Tensor> inputs = model.InputStructure.Kind is TensorStructureKind.Dictionary ? [.. model.InputStructure.Keys.Select(key => given[names.IndexOf(key)])] : given;

        using var predictor = new Predictor(model);
        var outputs = predictor.Predict(inputs);

        var group = (string)fixture.Manifest["outputs"]![file[..2]]!;
        var order = model.OutputStructure.Keys.Order(StringComparer.Ordinal).ToList();
        for (var i = 0; i < outputs.Count; i++)
        {
            var place = model.OutputStructure.Kind is TensorStructureKind.Dictionary ? order.IndexOf(model.OutputStructure.Keys[i]) : i;
            AssertClose(recording.Root.Dataset($"{group}/{place}").Read(), outputs[i], fixture.Tolerance);
        }
    }

    private static void AssertClose(Tensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        if (expected.DType is DType.String)
        {
            Assert.Equal(((StringData)expected.Data).ToStrings(), ((StringData)actual.Data).ToStrings());
            return;
        }

        var (wanted, found) = (expected.Cast(DType.Float64).AsSpan<double>().ToArray(), actual.Cast(DType.Float64).AsSpan<double>().ToArray());
        for (var i = 0; i < wanted.Length; i++)
        {
            Assert.True(wanted[i].Equals(found[i]) || Math.Abs(wanted[i] - found[i]) <= tolerance * (1 + Math.Abs(wanted[i])), $"Element {i} is {found[i]}, Keras's is {wanted[i]}.");
        }
    }
}
