using ModelTools.Formats;
using ModelTools.Formats.KerasH5;
using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.KerasH5;

public class KerasH5FixtureTests
{
    private static readonly KerasH5Format Format = new();

    public static TheoryData<string, string> Models => FixtureModel.With("k2/model.h5", "k3/model.h5");

    public static TheoryData<string, string> Weights => FixtureModel.With("k2/weights.h5");

    /// <summary>Every tensor arrives where Keras has it, byte for byte.</summary>
    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void The_weights_of_a_whole_model_are_those_of_keras(string name, string file)
    {
        var fixture = FixtureModel.Open(name);
        Assert.Same(Format.GetType(), ModelFormat.Detect(fixture.PathOf(file)).GetType());
        var model = Format.Read(fixture.PathOf(file), ModelReadOptions.Default);
        AssertWeights(fixture, file, model);
    }

    /// <summary>A file with weights only goes into the model of the architecture beside it.</summary>
    [SkippableTheory]
    [MemberData(nameof(Weights))]
    public void A_file_of_weights_fits_its_architecture(string name, string file)
    {
        var fixture = FixtureModel.Open(name);
        Skip.IfNot(fixture.Has("k2/model.h5"), "The structure cannot be read.");
        var model = Format.Read(fixture.PathOf("k2/model.h5"), ModelReadOptions.Default);
        foreach (var variable in model.Variables)
        {
            variable.Value = Tensor.Zeros(variable.DType, variable.Shape);
        }

        using (var assignment = Format.MatchWeights(fixture.PathOf(file), model, ModelReadOptions.Default))
        {
            Assert.Empty(assignment.Missing);
            Assert.Empty(assignment.Unused);
            assignment.Apply();
        }

        AssertWeights(fixture, file, model);
    }

    /// <summary>What is written and read again is the same model with the same weights, and the same bytes each time.</summary>
    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void A_whole_model_survives_being_written(string name, string file)
    {
        using var folder = new TemporaryFolder();
        var fixture = FixtureModel.Open(name);
        var model = Format.Read(fixture.PathOf(file), ModelReadOptions.Default);
        var options = new ModelWriteOptions { Dialect = model.Dialect };
        Format.Write(model, folder["first.h5"], options);
        var again = Format.Read(folder["first.h5"], ModelReadOptions.Default);
        Format.Write(again, folder["second.h5"], options);

        AssertWeights(fixture, file, again);
        Assert.Equal(File.ReadAllBytes(folder["first.h5"]), File.ReadAllBytes(folder["second.h5"]));
    }

    private static void AssertWeights(FixtureModel fixture, string file, Model model)
    {
        Skip.If(fixture.Name is "lora", "The adaption is added to the kernel: see its own test.");
        var expected = fixture.Weights(file[..2]).Select(weight => $"({string.Join(", ", weight.Shape)}) {weight.Crc32}");
        var actual = model.Layers.SelectMany(layer => layer.Weights?.InKerasOrder.Select(variable => $"({string.Join(", ", variable.Shape)}) {Crc32.Of(variable.Value)}") ?? []);
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }
}
