using System.IO.Compression;
using System.Text.Json.Nodes;
using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Formats.SavedModel;
using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Tests.Support;
using ModelTools.Tests.Torch;
using ModelTools.Torch;

namespace ModelTools.Tests.Formats.SavedModel;

/// <summary>SavedModels that others wrote: Keras 2, which come back as models; everything else, which is looked at.</summary>
public class SavedModelReaderTests
{
    private const string File = "k2/saved_model";

    private static readonly SavedModelFormat Format = new();

    public static TheoryData<string, string> Models => FixtureModel.With(File);

    public static TheoryData<string, string> Broken()
    {
        var rows = new TheoryData<string, string>();
        if (TestFolders.Shared is null)
        {
            rows.Add("no fixtures", "read");
            return rows;
        }

        var index = JsonNode.Parse(System.IO.File.ReadAllText(TestFolders.RequireShared("fixtures", "broken", "index.json")))!;
        foreach (var row in index["files"]!.AsArray().Where(row => (string?)row!["kind"] == "saved_model"))
        {
            rows.Add((string)row!["file"]!, (string)row["answer"]!);
        }

        return rows;
    }

    public static TheoryData<string> Foreign()
    {
        var rows = new TheoryData<string>();
        if (TestFolders.Shared is null)
        {
            rows.Add("no fixtures");
            return rows;
        }

        var index = JsonNode.Parse(System.IO.File.ReadAllText(TestFolders.RequireShared("fixtures", "foreign", "index.json")))!;
        foreach (var (name, row) in index["models"]!.AsObject().Where(pair => pair.Value!["files"]!["saved_model"] is not null))
        {
            rows.Add(name);
        }

        return rows;
    }

    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void A_model_of_Keras_comes_back_with_its_weights(string name, string file)
    {
        var fixture = FixtureModel.Open(name);
        var path = fixture.PathOf(file);
        Assert.IsType<SavedModelFormat>(ModelFormat.Detect(path));
        var model = Format.Read(path, ModelReadOptions.Default);
        Skip.If(model.Kind is ModelKind.Subclassed, "Its layers stand in the code of its class.");
        var expected = fixture.Weights("k2").Select(weight => $"({string.Join(", ", weight.Shape)}) {weight.Crc32}");
        var actual = model.Layers.SelectMany(layer => layer.Weights?.InKerasOrder ?? []).Select(variable => $"({string.Join(", ", variable.Shape)}) {Crc32.Of(variable.Value)}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void A_model_of_Keras_computes_what_it_computed_there(string name, string file)
    {
        Engine.Require();
        var fixture = FixtureModel.Open(name);
        var model = Format.Read(fixture.PathOf(file), ModelReadOptions.Default);
        Skip.If(!model.IsBuilt || model.AllLayers.Any(layer => layer.IsOpaque) || model.Nodes.Any(node => node.HasConstants), "A layer cannot be run.");
        Skip.If(name is "upsampling", "Bicubic resizing is not computed.");
        var recorded = RecordedCall.Of(fixture, model, "k2");
        using var predictor = new Predictor(model);
        recorded.AssertOutputs(predictor.Predict(recorded.Inputs), fixture.Tolerance);
    }

    [SkippableTheory]
    [MemberData(nameof(Broken))]
    public void A_malformed_directory_gets_its_answer(string file, string answer)
    {
        var path = TestFolders.RequireShared("fixtures", "broken", file);
        ModelInfo? info = null;
        var refusal = HostileFile.Failure(() => info = Format.Inspect(path, ModelReadLimits.Default));
        var error = HostileFile.Failure(() => Format.Read(path, ModelReadOptions.Default));
        var kinds = (info?.Findings.Select(finding => finding.Code) ?? []).Append(refusal?.Code).Append(error?.Code).OfType<ErrorCode>().Select(code => code.Kind).ToHashSet();

        // None was written by Keras, so that reading gives no model; what is wrong is said before that.
        Assert.NotNull(error);
        switch (answer)
        {
            case "read":
                Assert.NotNull(info);
                Assert.Empty(info.Findings);
                Assert.Equal(ErrorCode.UnsupportedFormat, error.Code);
                break;
            case "warn":
                Assert.NotNull(info);
                Assert.NotEmpty(info.Operations);
                break;
            case "unsafe":
                Assert.NotNull(info);
                Assert.Contains(ErrorKind.Unsafe, kinds);
                Assert.Equal(ErrorKind.Unsafe, error.Code.Kind);
                break;
            case "refuse" when file.EndsWith("unknown_op", StringComparison.Ordinal):
                Assert.NotNull(info);
                break;
            default:
                Assert.Contains(ErrorKind.InvalidFile, kinds);
                break;
        }
    }

    [Fact]
    public void Whoever_names_the_graph_is_shown_the_folder()
    {
        using var folder = new TemporaryFolder();
        System.IO.File.WriteAllText(folder["saved_model.pb"], "anything");
        var error = Assert.Throws<ModelToolsException>(() => ModelFile.Load(folder["saved_model.pb"]));
        Assert.Equal(ErrorCode.NotAModel, error.Code);
        Assert.Contains(folder.Path, error.Advice, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Foreign))]
    public void What_others_wrote_is_listed(string name)
    {
        using var folder = new TemporaryFolder();
        var fixture = TestFolders.RequireShared("fixtures", "foreign", name);
        ZipFile.ExtractToDirectory(Path.Combine(fixture, "files.zip"), folder.Path);
        var manifest = JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(fixture, "model.json")))!;
        var info = Format.Inspect(folder["saved_model"], ModelReadLimits.Default);

        var graphs = manifest["files"]!["saved_model"]!["meta_graphs"]!.AsArray();
        var graph = graphs.FirstOrDefault(graph => graph!["tags"]!.AsArray().Any(tag => (string?)tag == "serve")) ?? graphs[0]!;
        var expected = graph["signatures"]!.AsObject().Select(pair => $"{pair.Key}: {Named(pair.Value!["inputs"]!)} -> {Named(pair.Value["outputs"]!)}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), info.Signatures.Select(signature => $"{signature.Name}: {Named(signature.Inputs)} -> {Named(signature.Outputs)}").Order(StringComparer.Ordinal));
        Assert.NotEmpty(info.Operations);
        if (graphs.Count == 1)
        {
            Assert.All(manifest["ops"]!.AsObject().Where(_ => manifest["files"]!.AsObject().Count == 1), op => Assert.Contains(op.Key, info.Operations));
        }

        if (HostileFile.Failure(() => Format.Read(folder["saved_model"], ModelReadOptions.Default)) is { } error)
        {
            Assert.Contains(error.Code.Kind, new[] { ErrorKind.Unsafe, ErrorKind.NotSupported, ErrorKind.Contract });
            Assert.True(error.Code.Kind is not ErrorKind.Contract || System.IO.File.Exists(folder["saved_model/keras_metadata.pb"]), error.Message);
            Assert.True(name is not ("read_file" or "write_file" or "python_function") || error.Code == ErrorCode.UnsafeOperation, error.Message);
        }
        else
        {
            Assert.True(System.IO.File.Exists(folder["saved_model/keras_metadata.pb"]));
        }
    }

    [SkippableFact]
    public void A_link_that_leaves_the_directory_is_not_followed()
    {
        Skip.If(OperatingSystem.IsWindows(), "Links need rights there.");
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["model"]);
        System.IO.File.WriteAllBytes(folder["elsewhere.pb"], []);
        System.IO.File.CreateSymbolicLink(folder["model/saved_model.pb"], folder["elsewhere.pb"]);
        Assert.Equal(ErrorCode.PathEscape, HostileFile.Failure(() => Format.Read(folder["model"], ModelReadOptions.Default))?.Code);
    }

    private static string Named(JsonNode tensors) => string.Join(", ", tensors.AsArray().Select(tensor => (string)tensor!["name"]!).Order(StringComparer.Ordinal));

    private static string Named(IEnumerable<TensorSpec> tensors) => string.Join(", ", tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal));
}
