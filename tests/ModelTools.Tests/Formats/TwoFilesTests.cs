using ModelTools.Formats;
using ModelTools.Tests.Support;
using ModelTools.Validation;

namespace ModelTools.Tests.Formats;

/// <summary>Layers that <c>model.to_json()</c> of Keras wrote, and weights that <c>save_weights</c> wrote, are one model.</summary>
public sealed class TwoFilesTests
{
    [SkippableTheory]
    [InlineData("dense_basic", "k2", "weights.h5", "model.h5", "model.json")]
    [InlineData("dense_basic", "k2", "v3.weights.h5", "net.weights.h5", "net.json")]
    [InlineData("dense_basic", "k3", "model.weights.h5", "model.weights.h5", "model.json")]
    [InlineData("shared_layer", "k2", "weights.h5", "net_weights.h5", "model.json")]
    [InlineData("shared_layer", "k3", "model.weights.h5", "net.weights.h5", "net.weights.json")]
    public void Keras_s_pair_of_files_is_its_whole_model(string name, string framework, string weights, string target, string structure)
    {
        var fixture = FixtureModel.Open(name);
        using var folder = new TemporaryFolder();
        File.Copy(fixture.PathOf($"{framework}/{weights}"), folder[target]);
        File.Copy(fixture.PathOf($"{framework}/architecture.json"), folder[structure]);
        var whole = ModelContract.Of(ModelFile.Load(fixture.PathOf($"{framework}/model.h5")));

        Assert.Empty(whole.Check(ModelFile.Load(folder[target])));

        File.Move(folder[structure], folder["elsewhere.json"]);
        Assert.Equal("MT1008", Assert.Throws<Diagnostics.ModelToolsException>(() => ModelFile.Load(folder[target])).Code.Id);
        var layers = ModelFile.Load(folder["elsewhere.json"]);
        Assert.Empty(whole.Check(ModelFile.Load(folder[target], structure: layers)));
        Assert.All(layers.Variables, variable => Assert.False(variable.HasValue));
    }
}
