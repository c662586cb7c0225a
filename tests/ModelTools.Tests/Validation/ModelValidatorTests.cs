using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Formats.TensorFiles;
using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Tests.Support;
using ModelTools.Validation;

namespace ModelTools.Tests.Validation;

/// <summary>Rules, severities, recorded outputs; ten breakages with ten codes.</summary>
public class ModelValidatorTests
{
    private static string Fixture => Path.Combine(TestFolders.Fixtures, "kerash5", "dense_basic.k2.h5");

    [Fact]
    public void Recorded_outputs_are_compared_with_what_the_evaluator_gives()
    {
        using var folder = new TemporaryFolder();
        var model = ModelFile.Load(Fixture);
        var input = Tensor.Zeros(DType.Float32, [1, .. model.InputSpecs[0].Shape.Skip(1)]);
        var output = Tensor.Zeros(DType.Float32, [1, .. model.OutputSpecs[0].Shape.Skip(1)]);
        TensorFile.WriteAll(folder["golden.npz"], [new(model.InputSpecs[0].Name!, input), new(model.OutputSpecs[0].Name!, output)]);
        var policy = new ValidationPolicy { GoldenPath = folder["golden.npz"] };

        Assert.Empty(ModelValidator.Validate(Fixture, policy, evaluator: new Fixed(output)).Findings);
        var values = new float[output.ElementCount];
        values[^1] = 0.5f;
        var finding = Assert.Single(ModelValidator.Validate(Fixture, policy, evaluator: new Fixed(Tensor.FromArray<float>(values, output.Shape))).Findings);
        Assert.Equal("MT3020", finding.Code.Id);
        Assert.Contains("0.5", finding.Message, StringComparison.Ordinal);
        Assert.Equal("MT5001", Assert.Single(ModelValidator.Validate(Fixture, policy).Findings).Code.Id);
    }

    [SkippableFact]
    public void Code_is_an_error_and_an_unknown_layer_a_warning_unless_it_is_allowed()
    {
        var lambda = ModelValidator.Validate(FixtureModel.Open("lambda_layer").PathOf("k2/model.h5"));
        Assert.False(lambda.IsValid);
        Assert.Equal("MT2005", lambda.Findings[0].Code.Id);

        var path = FixtureModel.Open("locally_connected").PathOf("k2/model.h5");
        var unknown = ModelValidator.Validate(path);
        Assert.True(unknown.IsValid);
        Assert.All(unknown.Findings, finding => Assert.Equal("MT3021", finding.Code.Id));
        Assert.NotEmpty(unknown.Findings);
        Assert.Empty(ModelValidator.Validate(path, new ValidationPolicy { AllowedLayers = ["LocallyConnected1D", "LocallyConnected2D"] }).Findings);
    }

    [SkippableFact]
    public void Ten_breakages_have_ten_codes()
    {
        using var folder = new TemporaryFolder();
        var broken = TestFolders.RequireShared("fixtures", "broken");
        var path = folder["model.h5"];
        File.Copy(Fixture, path);
        var lockPath = folder["model.lock.json"];
        new ModelLock().With(ModelContract.Of(path), path, lockPath).Write(lockPath);
        var policy = new ValidationPolicy { LockPath = lockPath };
        Assert.Empty(ModelValidator.Validate(path, policy).Findings);

        var bytes = File.ReadAllBytes(Fixture);
        string[] codes =
        [
            First(() => File.WriteAllBytes(path, bytes[..(bytes.Length / 2)])),
            First(() => File.Copy(Path.Combine(broken, "h5", "bad_btree_signature.h5"), path)),
            First(() => Save(model => model.Variables.First().Value = Filled(model.Variables.First().Value, float.NaN)), ignoreContents: true),
            First(() => Save(model => model.Variables.First().Value = Filled(model.Variables.First().Value, 1))),
            First(() => ModelFile.Save(Changed("\"units\": 8", "\"units\": 9"), path)),
            First(() => ModelFile.Save(Changed("\"dtype\": \"float32\"", "\"dtype\": \"float64\""), path)),
            First(() => ModelFile.Save(Changed("\"relu\"", "\"tanh\""), path)),
            First(() => File.Copy(FixtureModel.Open("lambda_layer").PathOf("k2/model.h5"), path), withoutLock: true),
            First(() => File.Copy(Path.Combine(broken, "h5", "external_link.h5"), path), withoutLock: true),
            First(() => { }),
        ];
        Assert.Equal("MT1002 MT1003 MT3010 MT3009 MT3013 MT3014 MT3015 MT2005 MT2001 MT6001".Split(' '), codes);

        string First(Action make, bool withoutLock = false, bool ignoreContents = false)
        {
            File.Delete(path);
            make();
            var used = withoutLock ? ValidationPolicy.Default : ignoreContents ? policy with { Severities = policy.Severities.Add("MT3009", FindingSeverity.Warning) } : policy;
            return ModelValidator.Validate(path, used).Findings[0].Code.Id;
        }

        void Save(Action<Model> change)
        {
            var model = ModelFile.Load(Fixture);
            change(model);
            ModelFile.Save(model, path);
        }

        Model Changed(string before, string after)
        {
            var json = folder["structure.json"];
            ModelFile.Save(ModelFile.Load(Fixture), json, ModelFormat.Named("KerasJson"), new ModelWriteOptions { Force = true });
            var text = File.ReadAllText(json);
            Assert.Contains(before, text, StringComparison.Ordinal);
            File.WriteAllText(json, text.Replace(before, after, StringComparison.Ordinal));
            var model = ModelFile.Load(json);
            model.Initialize(1);
            return model;
        }
    }

    [Theory]
    [InlineData("images: float32[?, 784]", "images: float32[?, 784]")]
    [InlineData("half(None, -1,3)", "float16[?, ?, 3]")]
    [InlineData("a:b: int32[]", "a:b: int32[]")]
    public void Signatures_are_read(string text, string expected) => Assert.Equal(expected, SignatureText.Format(Assert.Single(SignatureText.Parse(text))));

    [Theory]
    [InlineData("float33[1]")]
    [InlineData("float32")]
    [InlineData("float32[a]")]
    public void What_is_no_signature_is_MT6004(string text) => Assert.Equal("MT6004", Assert.Throws<ModelToolsException>(() => SignatureText.Parse(text)).Code.Id);

    [Fact]
    public void A_file_of_severities_is_found_above_the_model_and_does_not_overrule_the_policy()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[".modeltools"], "# ours\n[*.h5]\nmodeltools.mt3010.severity = warning\nmodeltools.MT3017.severity=none\nindent_size = 4\n");
        Directory.CreateDirectory(folder["deep"]);
        Assert.Equal(folder[".modeltools"], PolicyFile.Find(Path.Combine(folder["deep"], "model.h5")));
        var policy = PolicyFile.Apply(new ValidationPolicy { Severities = ValidationPolicy.Default.Severities.Add("MT3017", FindingSeverity.Error) }, folder[".modeltools"]);
        Assert.Equal(FindingSeverity.Warning, policy.SeverityOf(ErrorCode.NonFiniteWeights));
        Assert.Equal(FindingSeverity.Error, policy.SeverityOf(ErrorCode.SizeBudgetExceeded));

        File.WriteAllText(folder[".modeltools"], "modeltools.MT3010.severity = sometimes");
        Assert.Equal("MT6004", Assert.Throws<ModelToolsException>(() => PolicyFile.Read(folder[".modeltools"])).Code.Id);
    }

    private static Tensor Filled(Tensor tensor, float value)
    {
        var values = new float[tensor.ElementCount];
        values[0] = value;
        return Tensor.FromArray<float>(values, tensor.Shape);
    }

    private sealed class Fixed(Tensor output) : IModelEvaluator
    {
        public IReadOnlyList<Tensor> Predict(Model model, IReadOnlyList<Tensor> inputs, CancellationToken cancellation) => [output];
    }
}
