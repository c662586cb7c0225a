using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Tests.Support;
using ModelTools.Validation;

namespace ModelTools.Tests.Validation;

/// <summary>Conversions keep the model: whatever is written has the digest and the contract of what was read.</summary>
public class ModelConversionTests
{
    public static TheoryData<string, string> Models => FixtureModel.With("k2/model.h5", "k3/model.keras", "k2/saved_model");

    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void A_converted_model_keeps_its_contract(string name, string file)
    {
        Skip.If(name == "thresholded_relu", "Keras 3 has another class for this layer.");
        Skip.If(name == "multi_call_kwargs", "Keras 3 does not follow the mode that a call of Keras 2 insists on.");
        Skip.If(name == "pure_float16", "SavedModels keep all weights in the type of their layer.");
        var source = FixtureModel.Open(name).PathOf(file);
        using var folder = new TemporaryFolder();
        var contract = ModelContract.Of(source);
        foreach (var (target, format) in new[] { ("out.h5", "KerasH5"), ("out.keras", "KerasArchive"), ("out", "SavedModel") })
        {
            try
            {
                var report = ModelConversion.Convert(source, folder[target], ModelFormat.Named(format));
                Assert.True(report.TargetBytes > 0);
                Assert.True(report.Kept.HasFlag(ModelParts.Structure | ModelParts.Weights));
            }
            catch (ModelToolsException error) when (error.Code.Kind is ErrorKind.NotSupported || error.Code == ErrorCode.ExecutableContent || error.Code == ErrorCode.ModelNotBuilt)
            {
                continue; // The format cannot hold this model.
            }

            var findings = contract.Check(folder[target]);
            Assert.True(findings.Count == 0, string.Join("\n", findings.Select(finding => $"{target}: {finding.Code} {finding.Message}")));
        }
    }

    [Fact]
    public void A_structure_gets_no_weights_that_nobody_trained()
    {
        using var folder = new TemporaryFolder();
        ModelConversion.Convert(Path.Combine(TestFolders.Fixtures, "kerash5", "dense_basic.k2.h5"), folder["structure.json"]);
        foreach (var target in new[] { "model.h5", "model.keras", "weights.ckpt" })
        {
            Assert.Equal(ErrorCode.MissingPart, Assert.Throws<ModelToolsException>(() => ModelConversion.Convert(folder["structure.json"], folder[target])).Code);
        }

        Assert.Equal(["structure.json"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
        ModelConversion.Convert(folder["structure.json"], folder["copy.json"]);
        Assert.Equal(File.ReadAllText(folder["structure.json"]), File.ReadAllText(folder["copy.json"]));
    }

    [Fact]
    public void Weights_find_the_structure_beside_them()
    {
        var source = Path.Combine(TestFolders.Fixtures, "kerash5", "dense_basic.k2.h5");
        using var folder = new TemporaryFolder();
        ModelConversion.Convert(source, folder["weights.json"]);
        var weights = ModelConversion.Convert(source, folder["weights.ckpt"]);
        Assert.True(weights.Dropped.HasFlag(ModelParts.Structure));

        var joined = ModelConversion.Convert(folder["weights.ckpt"], folder["joined.h5"]);
        Assert.Equal("Checkpoint", joined.SourceFormat);
        Assert.Empty(ModelContract.Of(source).Check(folder["joined.h5"]));
        Assert.Equal(ModelContract.Of(source).Digest, ModelContract.Of(folder["weights.ckpt"]).Digest);

        // The folder of a checkpoint, as TensorFlow's own state file makes it one.
        File.Delete(folder["joined.h5"]);
        File.WriteAllText(folder["checkpoint"], "model_checkpoint_path: \"weights.ckpt\"\n");
        Assert.Equal(ModelContract.Of(source).Digest, ModelContract.Of(folder.Path).Digest);
    }

    [Fact]
    public void A_failure_leaves_the_target_as_it_was()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["there.keras"], "before");
        var source = Path.Combine(TestFolders.Fixtures, "kerash5", "dense_basic.k2.h5");
        Assert.Equal("MT6002", Assert.Throws<ModelToolsException>(() => ModelConversion.Convert(source, folder["there.keras"])).Code.Id);
        Assert.Equal("before", File.ReadAllText(folder["there.keras"]));
        Assert.Equal("MT6004", Assert.Throws<ModelToolsException>(() => ModelConversion.Convert(source, source)).Code.Id);
    }
}
