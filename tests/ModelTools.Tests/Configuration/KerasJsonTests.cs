using ModelTools.Configuration;
using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Objects;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Configuration;

public class KerasJsonTests
{
    public static TheoryData<string, string> Architectures => FixtureModel.With("k2/architecture.json", "k3/architecture.json");

    /// <summary>Every architecture is rebuilt with the weights that Keras lists, in its order.</summary>
    [SkippableTheory]
    [MemberData(nameof(Architectures))]
    public void The_weights_of_an_architecture_are_those_of_keras(string name, string file)
    {
        var fixture = FixtureModel.Open(name);
        var findings = new List<ModelFinding>();
        var model = KerasJson.ReadModel(Parse(fixture, file), findings: findings);
        Assert.Equal(file.StartsWith("k2", StringComparison.Ordinal) ? KerasDialect.Keras2 : KerasDialect.Keras3, model.Dialect);
        Skip.If(findings.Count > 0, findings.FirstOrDefault()?.Message);
        Skip.If(name is "lora", "The adaption is added to the kernel.");
        Skip.If(name is "pure_float16" && model.Dialect is KerasDialect.Keras2, "The types of the weights stand in the file of weights only.");

        var expected = fixture.Weights(file[..2]).Select(weight => $"{Cut(weight.Layer)} ({string.Join(", ", weight.Shape)}) {weight.DType}");
        var actual = model.Layers.SelectMany(layer => layer.Weights?.InKerasOrder.Select(variable => $"{Cut(layer.Name)} ({string.Join(", ", variable.Shape)}) {DTypeName(variable)}") ?? []);
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    /// <summary>What is read and written again says the same, apart from the members that are left out on purpose.</summary>
    [SkippableTheory]
    [MemberData(nameof(Architectures))]
    public void An_architecture_survives_being_read_and_written(string name, string file)
    {
        var fixture = FixtureModel.Open(name);
        var original = Parse(fixture, file);
        var findings = new List<ModelFinding>();
        var model = KerasJson.ReadModel(original, findings: findings);
        Skip.If(model.Kind is ModelKind.Subclassed, "The class is the user's own.");

        var form = model.Dialect is KerasDialect.Keras2 ? KerasForm.Plain : KerasForm.WithModules;
        var written = KerasJson.WriteModel(model, model.Dialect, form);
        var differences = ConfigDifferences.Between(original, written).ToList();
        Assert.True(differences.Count == 0, string.Join("\n", differences.Take(20)));
        Assert.Equal(written, KerasJson.WriteModel(KerasJson.ReadModel(written, model.Dialect), model.Dialect, form));
    }

    private static ConfigObject Parse(FixtureModel fixture, string file) => (ConfigObject)ConfigValue.Parse(File.ReadAllBytes(fixture.PathOf(file)));

    // The manifests cut long names.
    private static string Cut(string name) => name.Length > 41 ? name[..40] + "…" : name;

    private static string DTypeName(Variable variable) => variable.DType.Name();
}
