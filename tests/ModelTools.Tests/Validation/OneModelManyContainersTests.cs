using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Models;
using ModelTools.Tests.Support;
using ModelTools.Validation;

namespace ModelTools.Tests.Validation;

/// <summary>What Keras wrote into several containers at once is one model: one digest, one contract, nothing to tell apart.</summary>
public class OneModelManyContainersTests
{
    private static readonly string[] Containers = ["k2/model.h5", "k2/model.keras", "k2/weights.h5", "k2/v3.weights.h5", "k2/ckpt", "k2/saved_model", "k3/model.h5", "k3/model.keras", "k3/model.weights.h5"];

    // What the containers themselves say differently.
    private static readonly Dictionary<string, string> Different = new()
    {
        ["quantized_int8"] = "Weights of a layer that is not known have another order in each container.",
        ["quantized_int4"] = "Weights of a layer that is not known have another order in each container.",
        ["text_vectorization"] = "Only one of the containers has the vocabulary in the options of the layer.",
        ["integer_lookup"] = "Only one of the containers has the vocabulary in the options of the layer.",
        ["lambda_layer"] = "Python's bytecode names the process that wrote it.",
        ["deferred_build"] = "The HDF5 file fixes the batch at 1, the SavedModel leaves it open.",
        ["locally_connected"] = "The options of a layer that is not known name its input in one container only.",
        ["keras_ops"] = "Keras names an operation as a layer in one container.",
        ["tf_op_layers"] = "Slices are written in another form in each container.",
        ["pure_float16"] = "Whole models keep some weights in single precision; Keras loads weights alone into half precision.",
        ["lora"] = "One container has the adapted weights joined, the other apart.",
    };

    public static TheoryData<string, string> Models => FixtureModel.With("k2/model.h5", "k3/model.h5");

    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void Every_container_has_the_digest_and_keeps_the_contract(string name, string file)
    {
        Skip.If(Different.TryGetValue(name, out var reason), reason);
        var fixture = FixtureModel.Open(name);
        var framework = file[..2];
        var contract = ModelContract.Of(fixture.PathOf(file));

        foreach (var other in Containers.Where(other => other.StartsWith(framework, StringComparison.Ordinal) && other != file && fixture.Has(other)))
        {
            using var open = Open(fixture, framework, other);
            AssertNone(contract.Check(open.Model).Select(finding => $"{other}: {finding.Code} {finding.Message}"));
            Assert.Equal(contract.Digest, ModelContract.Of(open.Model).Digest);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void Comparing_tells_no_container_from_another(string name, string file)
    {
        Skip.If(Different.TryGetValue(name, out var reason), reason);
        var fixture = FixtureModel.Open(name);
        var framework = file[..2];
        using var reference = ModelFile.Open(fixture.PathOf(file));
        foreach (var other in Containers.Where(other => other.StartsWith(framework, StringComparison.Ordinal) && other != file && fixture.Has(other)))
        {
            using var open = Open(fixture, framework, other);
            var comparison = ModelComparer.Compare(reference.Model, open.Model);
            AssertNone(comparison.Differences.Where(difference => difference.Kind is not DifferenceKind.Cosmetic).Select(difference => $"{other}: {difference}"));
            Assert.Equal(0, comparison.LargestValueDifference);
        }
    }

    private static void AssertNone(IEnumerable<string> found) => Assert.True(!found.Any(), string.Join("\n", found));

    private static OpenModel Open(FixtureModel fixture, string framework, string file)
    {
        var path = fixture.PathOf(file);
        var isWeightsOnly = file.EndsWith("weights.h5", StringComparison.Ordinal) || file.EndsWith("ckpt", StringComparison.Ordinal);
        var structure = isWeightsOnly ? ModelFile.Load(fixture.PathOf($"{framework}/architecture.json")) : null;
        return ModelFile.Open(path, null, structure);
    }
}
