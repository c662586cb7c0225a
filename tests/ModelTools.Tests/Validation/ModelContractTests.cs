using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Tests.Support;
using ModelTools.Validation;

namespace ModelTools.Tests.Validation;

/// <summary>What breaks a contract, and with which code; locks as files.</summary>
public class ModelContractTests
{
    private static string Fixture => Path.Combine(TestFolders.Fixtures, "kerash5", "dense_basic.k2.h5");

    [Fact]
    public void The_same_layers_with_other_numbers_break_it_with_the_weights_name()
    {
        var contract = ModelContract.Of(Fixture);
        var model = ModelFile.Load(Fixture);
        var weight = model.Variables.Last();
        weight.Value = Tensor.Zeros(weight.DType, weight.Shape);
        var finding = Assert.Single(contract.Check(model));
        Assert.Equal("MT3009", finding.Code.Id);
        Assert.EndsWith("bias", finding.Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shape", "MT3013")]
    [InlineData("type", "MT3014")]
    [InlineData("class", "MT3015")]
    [InlineData("option", "MT3015")]
    [InlineData("missing", "MT3015")]
    [InlineData("input", "MT3012")]
    public void Each_change_has_its_code_first(string change, string code)
    {
        var contract = ModelContract.Of(Make("none"));
        Assert.Empty(contract.Check(Make("none")));
        Assert.Equal(code, contract.Check(Make(change))[0].Code.Id);
    }

    [Fact]
    public void A_lock_is_read_as_it_was_written_and_stays_the_same()
    {
        using var folder = new TemporaryFolder();
        var path = folder["models.lock.json"];
        var model = Path.Combine(TestFolders.Fixtures, "kerash5", "shared_layer.k3.h5");
        var written = new ModelLock().With(ModelContract.Of(Fixture), Fixture, path).With(ModelContract.Of(model), model, path);
        written.Write(path);
        var text = File.ReadAllText(path);
        Assert.DoesNotContain('\r', text);

        var read = ModelLock.Read(path);
        read.Write(path, force: true);
        Assert.Equal(text, File.ReadAllText(path));
        Assert.Empty(read.Find(Fixture, path)!.Check(Fixture));
        Assert.Null(read.Find(folder["other.h5"], path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"version\": 2, \"models\": []}")]
    [InlineData("{\"version\": 1, \"models\": [{}]}")]
    [InlineData("{\"version\": 1, \"models\": [{\"path\": \"a\", \"bytes\": -1, \"sha256\": \"\", \"digest\": \"\"}]}")]
    public void What_is_no_lock_is_MT1012(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["damaged.json"], text);
        Assert.Equal("MT1012", Assert.Throws<ModelToolsException>(() => ModelLock.Read(folder["damaged.json"])).Code.Id);
    }

    [Fact]
    public void The_digest_of_a_file_is_that_of_sha256sum()
    {
        using var stream = File.OpenRead(Fixture);
        Assert.Equal(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(stream)), ModelContract.Of(Fixture).Sha256, ignoreCase: true);
    }

    private static Model Make(string change)
    {
        var first = new Dense(change == "shape" ? 5 : 4) { Activation = change == "option" ? Activations.Tanh : Activations.Relu, DType = new DTypePolicy(change == "type" ? "float64" : "float32") };
        Layer[] layers = change switch
        {
            "missing" => [new InputLayer([-1, 3]) { Name = "images" }, first, new Dense(2) { Name = "answer" }],
            "class" => [new InputLayer([-1, 3]) { Name = "images" }, first, new GaussianDropout(0.5) { Name = "drop" }, new Dense(2) { Name = "answer" }],
            _ => [new InputLayer([-1, 3]) { Name = change == "input" ? "pictures" : "images" }, first, new Dropout(0.5) { Name = "drop" }, new Dense(2) { Name = "answer" }],
        };
        var model = Model.Sequential(layers, "made");
        model.Initialize(1);
        return model;
    }
}
