using System.Text.Json.Nodes;
using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Reporting;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Reporting;

/// <summary>What is written into the page of a model.</summary>
public sealed class ModelPageTests : IDisposable
{
    private const string Hostile = "</script><img src=x onerror=alert(1)>%%data%%";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> GoldenModels => FixtureModel.With("k2/model.h5");

    public static TheoryData<string, string> OtherContainers => FixtureModel.With("k3/model.keras", "k2/saved_model", "k2/weights.h5", "k3/model.weights.h5");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_model_gives_the_same_bytes()
    {
        ModelPage.Write(Network(), _folder["one.html"]);
        ModelPage.Write(Network(), _folder["two.html"]);

        Assert.Equal(File.ReadAllBytes(_folder["one.html"]), File.ReadAllBytes(_folder["two.html"]));
    }

    [Fact]
    public void A_name_cannot_leave_the_data()
    {
        var model = Model.Sequential([new Dense(2) { Name = Hostile, BatchInputShape = [-1, 3] }], Hostile);
        var page = Write(model);

        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(2, page.Split("</script>").Length - 1);
        Assert.Equal(Hostile, (string?)DataOf(page)["models"]![0]!["layers"]![1]!["name"]);
    }

    [Fact]
    public void The_policy_forbids_everything_but_the_page_itself()
    {
        var page = Write(Network());

        Assert.Contains("default-src 'none'; style-src 'sha256-", page, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page.Replace("http-equiv", "", StringComparison.Ordinal).Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Statistics_leave_out_what_is_not_finite_and_count_it()
    {
        var model = Model.Sequential([new Dense(2) { Name = "odd", UseBias = false, BatchInputShape = [-1, 3] }]);
        model.Variables.First().Value = Tensor.FromArray([-1f, float.NaN, 3f, float.PositiveInfinity, float.NegativeInfinity, 4f], 3, 2);
        var statistics = DataOf(Write(model))["weights"]![0]!["statistics"]!;

        // NumPy: np.std([-1, 3, 4]) is 2.160246899469287.
        Assert.Equal((-1.0, 4.0, 2.0), ((double)statistics["minimum"]!, (double)statistics["maximum"]!, (double)statistics["mean"]!));
        Assert.Equal(2.160246899469287, (double)statistics["deviation"]!, 12);
        Assert.Equal((1, 2), ((long)statistics["naNCount"]!, (long)statistics["infinityCount"]!));
        Assert.Equal([1, 0, 0, 0, 0, 0, 1, 1], statistics["histogram"]!.AsArray().Select(count => (long)count!));
    }

    [Theory]
    [InlineData(DType.Float16)]
    [InlineData(DType.BFloat16)]
    [InlineData(DType.Float64)]
    public void Every_type_of_float_is_looked_at(DType dtype)
    {
        var statistics = ValueStatistics.Of(Tensor.FromArray([1.5f, -2f, 0.5f], 3).Cast(dtype), CancellationToken.None);

        Assert.Equal((-2.0, 1.5, 0.0), (statistics.Minimum, statistics.Maximum, statistics.Mean));
    }

    [Fact]
    public void The_whole_range_of_a_double_fits_the_histogram()
    {
        var statistics = ValueStatistics.Of(Tensor.FromArray([double.MinValue, 0, double.MaxValue], 3), CancellationToken.None);

        Assert.Equal((1, 1, 3), (statistics.Histogram[0], statistics.Histogram[^1], statistics.Histogram.Sum()));
    }

    [Fact]
    public void Equal_numbers_share_one_part()
    {
        var statistics = ValueStatistics.Of(Tensor.FromArray([7f, 7f, 7f], 3), CancellationToken.None);

        Assert.Equal((7.0, 7.0, 0.0), (statistics.Minimum, statistics.Mean, statistics.Deviation));
        Assert.Equal([3], statistics.Histogram);
    }

    [Fact]
    public void Weights_without_values_are_not_made_for_the_page()
    {
        var model = Network(initialize: false);
        var weights = DataOf(Write(model))["weights"]!.AsArray();

        Assert.All(weights, weight => Assert.False((bool)weight!["hasValue"]!));
        Assert.All(model.Variables, variable => Assert.False(variable.HasValue));
    }

    [Fact]
    public void Options_tell_what_differs_from_the_defaults()
    {
        var options = DataOf(Write(Network()))["models"]![0]!["layers"]![1]!["options"]!.AsArray();
        var set = options.Where(option => (bool)option!["isSet"]!).Select(option => $"{option!["key"]}={option["value"]}");

        Assert.Equal(["batch_input_shape=[null, 4]", "units=3", "activation=relu", "kernel_regularizer=L2(l2=0.5)"], set);
    }

    [Fact]
    public void A_model_inside_and_its_weights_are_there_once_however_often_it_is_called()
    {
        var inner = Model.Sequential([new Dense(3) { BatchInputShape = [-1, 3] }], "tower");
        var layer = new ModelLayer(new NestedModel(inner));
        var left = Model.Input([-1, 3]);
        var right = Model.Input([-1, 3]);
        var model = Model.Functional([left, right], [new ModelLayer(new Add()).Apply([layer.Apply([left])[0], layer.Apply([right])[0]])[0]]);
        var data = DataOf(Write(model));

        Assert.Equal(["model", "tower"], data["models"]!.AsArray().Select(graph => (string?)graph!["name"]));
        Assert.Equal(2, data["weights"]!.AsArray().Count);
        Assert.Equal(2, data["models"]![0]!["calls"]!.AsArray().Count(call => (string?)data["models"]![0]!["layers"]![(int)call!["layer"]!]!["name"] == "tower"));
    }

    [Fact]
    public void A_page_is_not_replaced_unasked_and_a_stopped_one_is_not_written()
    {
        File.WriteAllText(_folder["there.html"], "mine");
        Assert.Equal(ErrorCode.TargetExists, Assert.Throws<ModelToolsException>(() => ModelPage.Write(Network(), _folder["there.html"])).Code);
        Assert.Throws<OperationCanceledException>(() => ModelPage.Write(Network(), _folder["there.html"], new ModelPageOptions { Force = true, Cancellation = new CancellationToken(canceled: true) }));
        Assert.Equal("mine", File.ReadAllText(_folder["there.html"]));
        Assert.Single(Directory.GetFiles(_folder["."]));
    }

    [SkippableTheory]
    [MemberData(nameof(GoldenModels))]
    public void Every_golden_model_has_its_page(string name, string file)
    {
        var model = FixtureModel.Open(name);
        ModelPage.WriteFile(model.PathOf(file), _folder["page.html"]);
        var data = DataOf(File.ReadAllText(_folder["page.html"]));

        Assert.Equal(model.Weights("k2").Count, data["weights"]!.AsArray().Count);
    }

    [SkippableTheory]
    [MemberData(nameof(OtherContainers))]
    public void Every_container_has_its_page(string name, string file)
    {
        var path = FixtureModel.Open(name).PathOf(file);
        ModelPage.WriteFile(path, _folder["page.html"]);
        var data = DataOf(File.ReadAllText(_folder["page.html"]));
        var info = ModelFile.Inspect(path);

        Assert.Equal(
            info.Model is { AllLayers.Count: > 0 } model ? model.AllLayers.Select(layer => layer.Name) : info.Tensors.Select(tensor => tensor.Name),
            (data["tensors"] ?? data["models"]![0]!["layers"])!.AsArray().Select(entry => (string?)entry!["name"]));
        Assert.All(data["tensors"]?.AsArray() ?? [], tensor => Assert.Equal((string)tensor!["type"]! != "string", tensor["statistics"] is not null));
    }

    private static Model Network(bool initialize = true)
    {
        var model = Model.Sequential([new Dense(3) { Activation = Activations.Relu, KernelRegularizer = new L2Regularizer { L2 = 0.5 }, BatchInputShape = [-1, 4] }, new Dropout(0.2), new Dense(2)], "network");
        if (initialize)
        {
            model.Initialize(seed: 5);
        }

        return model;
    }

    private static JsonNode DataOf(string page)
    {
        const string Start = "<script type=\"application/json\" id=\"data\">";
        var start = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        return JsonNode.Parse(page[start..page.IndexOf("</script>", start, StringComparison.Ordinal)])!;
    }

    private string Write(Model model)
    {
        ModelPage.Write(model, _folder["page.html"], new ModelPageOptions { Force = true });
        return File.ReadAllText(_folder["page.html"]);
    }
}
