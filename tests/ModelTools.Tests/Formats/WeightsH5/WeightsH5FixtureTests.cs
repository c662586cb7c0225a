using ModelTools.Formats;
using ModelTools.Formats.KerasArchive;
using ModelTools.Formats.KerasH5;
using ModelTools.Formats.WeightsH5;
using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.WeightsH5;

public class WeightsH5FixtureTests
{
    private static readonly WeightsH5Format Format = new();

    public static TheoryData<string, string> Weights => FixtureModel.With("k2/v3.weights.h5", "k3/model.weights.h5", "k3/sharded.weights.json");

    /// <summary>A file of weights goes into the model of the same structure, each tensor to its place.</summary>
    [SkippableTheory]
    [MemberData(nameof(Weights))]
    public void A_file_of_weights_fits_its_architecture(string name, string file)
    {
        var fixture = FixtureModel.Open(name);
        var model = Empty(fixture, file[..2]);
        Assert.IsType<WeightsH5Format>(ModelFormat.Detect(fixture.PathOf(file)));
        Load(model, fixture.PathOf(file));
        AssertWeights(fixture, file, model);
    }

    /// <summary>Weights that are written go back into an empty model, from either generation's names.</summary>
    [SkippableTheory]
    [MemberData(nameof(Weights))]
    public void Written_weights_arrive_again(string name, string file)
    {
        using var folder = new TemporaryFolder();
        var fixture = FixtureModel.Open(name);
        var model = Empty(fixture, file[..2]);
        Load(model, fixture.PathOf(file));
        foreach (var dialect in new[] { ModelTools.Objects.KerasDialect.Keras2, ModelTools.Objects.KerasDialect.Keras3 })
        {
            Format.WriteWeights(model, folder["x.weights.h5"], new ModelWriteOptions { Dialect = dialect, Force = true });
            var again = Empty(fixture, file[..2]);
            Load(again, folder["x.weights.h5"]);
            AssertWeights(fixture, file, again);
        }
    }

    private static void Load(Model model, string path)
    {
        using var assignment = Format.MatchWeights(path, model, ModelReadOptions.Default);
        Assert.Empty(assignment.Missing);
        Assert.Empty(assignment.Mismatched);
        Assert.Empty(assignment.Unused);
        assignment.Apply();
    }

    private static Model Empty(FixtureModel fixture, string framework)
    {
        var (archive, legacy) = ($"{framework}/model.keras", $"{framework}/model.h5");
        Skip.IfNot(fixture.Has(archive) || fixture.Has(legacy), "Keras does not write the structure.");
        var model = fixture.Has(archive)
            ? new KerasArchiveFormat().Read(fixture.PathOf(archive), ModelReadOptions.Default)
            : new KerasH5Format().Read(fixture.PathOf(legacy), ModelReadOptions.Default);
        foreach (var variable in model.Variables)
        {
            variable.Value = Tensor.Zeros(variable.DType, variable.Shape);
        }

        return model;
    }

    private static void AssertWeights(FixtureModel fixture, string file, Model model)
    {
        Skip.If(fixture.Name is "lora", "The adaption is added to the kernel: see its own test.");
        var expected = fixture.Weights(file[..2]).Select(weight => $"({string.Join(", ", weight.Shape)}) {weight.Crc32}").Order(StringComparer.Ordinal);
        var actual = model.Variables.Select(variable => $"({string.Join(", ", variable.Shape)}) {Crc32.Of(variable.Value)}").Order(StringComparer.Ordinal);
        Assert.Equal(fixture.Name is "spectralnorm" ? expected.Distinct() : expected, actual);
    }
}
