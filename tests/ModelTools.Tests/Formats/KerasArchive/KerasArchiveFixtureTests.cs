using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Formats.KerasArchive;
using ModelTools.Models;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.KerasArchive;

public class KerasArchiveFixtureTests
{
    private static readonly KerasArchiveFormat Format = new();

    public static TheoryData<string, string> Models => FixtureModel.With("k2/model.keras", "k3/model.keras");

    /// <summary>Every tensor arrives where Keras has it, byte for byte.</summary>
    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void The_weights_of_an_archive_are_those_of_keras(string name, string file)
    {
        var fixture = FixtureModel.Open(name);
        Assert.IsType<KerasArchiveFormat>(ModelFormat.Detect(fixture.PathOf(file)));
        AssertWeights(fixture, file, Format.Read(fixture.PathOf(file), ModelReadOptions.Default));
    }

    /// <summary>What is written and read again is the same model with the same weights, and the same bytes each time.</summary>
    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void An_archive_survives_being_written(string name, string file)
    {
        using var folder = new TemporaryFolder();
        var fixture = FixtureModel.Open(name);
        var model = Format.Read(fixture.PathOf(file), ModelReadOptions.Default);
        var options = new ModelWriteOptions { Dialect = model.Dialect };
        Format.Write(model, folder["first.keras"], options);
        var again = Format.Read(folder["first.keras"], ModelReadOptions.Default);
        Format.Write(again, folder["second.keras"], options);

        AssertWeights(fixture, file, again);
        Assert.Equal(File.ReadAllBytes(folder["first.keras"]), File.ReadAllBytes(folder["second.keras"]));
    }

    /// <summary>Looking at a model lists each tensor and reads none.</summary>
    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void Inspection_lists_the_weights(string name, string file)
    {
        var fixture = FixtureModel.Open(name);
        Skip.If(fixture.Name is "lora", "The adaption is added to the kernel: see its own test.");
        var info = Format.Inspect(fixture.PathOf(file), ModelReadLimits.Default);
        Assert.StartsWith(file.StartsWith("k2", StringComparison.Ordinal) ? "Keras 2" : "Keras 3", info.WrittenBy, StringComparison.Ordinal);
        Assert.NotNull(info.Model);
        Assert.All(fixture.Weights(file[..2]), weight => Assert.Contains(info.Tensors, tensor => tensor.Tensor.Shape.SequenceEqual(weight.Shape) && tensor.Layer is not null));
        Assert.All(info.Model.Variables, variable => Assert.False(variable.HasValue));
    }

    // The wrapper that normalises spectrally saves its kernel twice; an adaption is part of the kernel that is saved.
    private static void AssertWeights(FixtureModel fixture, string file, Model model)
    {
        Skip.If(fixture.Name is "lora", "The adaption is added to the kernel: see its own test.");
        var expected = fixture.Weights(file[..2]).Select(weight => $"({string.Join(", ", weight.Shape)}) {weight.Crc32}").Order(StringComparer.Ordinal);
        var actual = model.Variables.Select(variable => $"({string.Join(", ", variable.Shape)}) {Crc32.Of(variable.Value)}").Order(StringComparer.Ordinal);
        Assert.Equal(fixture.Name is "spectralnorm" ? expected.Distinct() : expected, actual);
    }
}
