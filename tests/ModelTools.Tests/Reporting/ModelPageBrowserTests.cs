using ModelTools.Formats;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Reporting;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Reporting;

/// <summary>The page in a real browser.</summary>
public sealed class ModelPageBrowserTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void A_click_shows_the_layer()
    {
        using var browser = Open(Branched());

        browser.Click("#canvas [data-name=left]");

        Assert.Equal("Dense", browser.Evaluate<string>("document.querySelector('#panel h2').textContent"));
        Assert.Equal(["units", "activation"], browser.Evaluate<string[]>("[...document.querySelectorAll('#panel tr.set th')].map((cell) => cell.textContent)"));
        Assert.Equal(["input", "merged"], browser.Evaluate<string[]>("[...document.querySelectorAll('#panel .link-name')].map((name) => name.textContent)"));
        Assert.Equal(2, browser.Evaluate<int>("document.querySelectorAll('#panel .histogram').length"));
        browser.Click("#panel .close");
        Assert.Equal("Model", browser.Evaluate<string>("document.querySelector('#panel h2').textContent"));
        AssertQuiet(browser);
    }

    [SkippableFact]
    public void The_keys_walk_along_the_graph()
    {
        using var browser = Open(Branched());
        string Selected() => browser.Evaluate<string>("document.querySelector('.item.selected').dataset.name");

        browser.Click("#canvas [data-name=input]");
        browser.Press("ArrowDown");
        var first = Selected();
        browser.Press(first == "left" ? "ArrowRight" : "ArrowLeft");
        var second = Selected();
        browser.Press("ArrowDown");

        Assert.Equal(["left", "right"], new[] { first, second }.Order(StringComparer.Ordinal));
        Assert.Equal("merged", Selected());
        Assert.True(browser.Evaluate<bool>("document.activeElement === document.querySelector('.item.selected')"));
        browser.Press("Escape");
        Assert.Equal(0, browser.Evaluate<int>("document.querySelectorAll('.item.selected').length"));
        AssertQuiet(browser);
    }

    [SkippableFact]
    public void The_search_lifts_out_what_it_finds()
    {
        using var browser = Open(Branched());

        browser.Press("/");
        browser.Type("concat");
        Assert.Equal(["merged"], browser.Evaluate<string[]>("[...document.querySelectorAll('.item.match')].map((item) => item.dataset.name)"));
        Assert.Equal("1 match", browser.Evaluate<string>("document.getElementById('found').textContent"));
        browser.Press("Enter");
        Assert.Equal("Concatenate", browser.Evaluate<string>("document.querySelector('#panel h2').textContent"));
        browser.Press("Escape");
        Assert.Equal(0, browser.Evaluate<int>("document.querySelectorAll('.item.match').length"));
        browser.Click("#legend .f-core");
        Assert.Equal(3, browser.Evaluate<int>("document.querySelectorAll('.item.match').length"));
        AssertQuiet(browser);
    }

    [SkippableFact]
    public void The_table_sorts()
    {
        using var browser = Open(Branched());
        string[] Names() => browser.Evaluate<string[]>("[...document.querySelectorAll('#layers tbody tr')].map((row) => row.cells[0].textContent)");
        browser.Evaluate<bool>("(document.getElementById('layers').scrollIntoView(), true)");

        browser.Click("#layers th:nth-child(4) button");
        Assert.Equal(["right", "left", "output", "input", "merged"], Names());
        browser.Click("#layers th:nth-child(4) button");
        Assert.Equal("right", Names()[^1]);
        Assert.Equal("ascending", browser.Evaluate<string>("document.querySelector('#layers th:nth-child(4)').getAttribute('aria-sort')"));
        AssertQuiet(browser);
    }

    [SkippableFact]
    public void No_card_lies_on_another_and_lines_lead_downwards()
    {
        using var browser = Open(Branched());
        var boxes = browser.Evaluate<double[][]>("[...document.querySelectorAll('.item')].map((item) => item.querySelector('.card').getBoundingClientRect()).map((box) => [box.left, box.top, box.right, box.bottom])");

        for (var i = 0; i < boxes.Length; i++)
        {
            Assert.All(boxes[..i], other => Assert.True(other[0] >= boxes[i][2] || other[2] <= boxes[i][0] || other[1] >= boxes[i][3] || other[3] <= boxes[i][1]));
        }

        Assert.Equal(5, browser.Evaluate<int>("document.querySelectorAll('path.edge').length"));
        Assert.True(browser.Evaluate<bool>("[...document.querySelectorAll('path.edge')].every((edge) => edge.getPointAtLength(0).y < edge.getPointAtLength(edge.getTotalLength()).y)"));
    }

    [SkippableFact]
    public void What_goes_around_a_chain_does_not_bend_it()
    {
        var input = Model.Input([-1, 3]);
        var last = input;
        for (var i = 0; i < 3; i++)
        {
            var inner = new ModelLayer(new Dense(3)).Apply([new ModelLayer(new Dense(8)).Apply([last])[0]])[0];
            last = new ModelLayer(new Add()).Apply([last, inner])[0];
        }

        using var browser = Open(Model.Functional([input], [last]));
        var centers = browser.Evaluate<double[]>("[...document.querySelectorAll('.item')].map((item) => item.querySelector('.card').getBoundingClientRect()).map((box) => box.left + box.width / 2)");

        Assert.Equal(10, centers.Length);
        Assert.All(centers, center => Assert.Equal(centers[0], center, 1.0));
    }

    [SkippableFact]
    public void Numbers_that_are_not_finite_are_called_out()
    {
        var model = Branched();
        model.FindLayer("left")!.Variables.First().Value = Tensor.FromArray([1f, float.NaN, 3f, 4f, 5f, float.NegativeInfinity], 3, 2);
        using var browser = Open(model);

        Assert.Equal("left", browser.Evaluate<string>("document.querySelector('.item.broken').dataset.name"));
        Assert.Contains("1 weight holds numbers that are not finite", browser.Evaluate<string>("document.querySelector('header .warning').textContent"), StringComparison.Ordinal);
        browser.Click("#canvas [data-name=left]");
        Assert.Equal("1 NaN and 1 infinite of 6 numbers.", browser.Evaluate<string>("document.querySelector('#panel .weight.broken .warning').textContent"));
        AssertQuiet(browser);
    }

    [SkippableFact]
    public void Names_are_shown_as_the_text_they_are()
    {
        const string Name = "</script><img src=x onerror=\"window.hit=1\">";
        using var browser = Open(Model.Sequential([new Dense(2) { Name = Name, BatchInputShape = [-1, 3] }], Name));

        Assert.Equal(Name, browser.Evaluate<string>("document.querySelector('h1').textContent"));
        browser.Click(".item:last-child");
        Assert.Equal(Name, browser.Evaluate<string>("document.querySelector('.layer-name').textContent"));
        Assert.Equal("undefined 0", browser.Evaluate<string>("`${typeof window.hit} ${document.images.length}`"));
        AssertQuiet(browser);
    }

    [SkippableFact]
    public void The_policy_of_the_page_lets_nothing_in()
    {
        using var browser = Open(Branched());

        browser.Evaluate<bool>("document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.hit = 1' }), Object.assign(new Image(), { src: 'http://192.0.2.1/x.png' })) || true");
        Thread.Sleep(100);

        Assert.Equal("undefined", browser.Evaluate<string>("typeof window.hit"));
        Assert.Equal(2, browser.Complaints.Count(line => line.Contains("Content Security Policy", StringComparison.Ordinal)));
    }

    [SkippableFact]
    public void The_history_is_drawn()
    {
        int[] epochs = [1, 2, 3];
        using var browser = Open(Branched(), new ModelPageOptions { History = [new("loss", epochs, [3, 2, 1]), new("accuracy", epochs, [0.1, 0.5, double.NaN]), new("val_loss", epochs, [3, 2.5, 2.25])] });

        Assert.Equal(["loss", "accuracy"], browser.Evaluate<string[]>("[...document.querySelectorAll('.chart h3')].map((head) => head.textContent)"));
        Assert.Equal([3, 3, 2], browser.Evaluate<int[]>("[...document.querySelectorAll('polyline.curve')].map((curve) => curve.points.length)"));
        Assert.Contains("validation 2.25", browser.Evaluate<string>("document.querySelector('.readout').textContent"), StringComparison.Ordinal);
        AssertQuiet(browser);
    }

    [SkippableFact]
    public void A_training_that_went_wrong_is_told_and_drawn()
    {
        using var browser = Open(Branched(), new ModelPageOptions { History = [new("loss", [1, 2], [double.NaN, double.PositiveInfinity]), new("mae", [1, 2], [5e12, 5e12])] });

        Assert.Contains("None of its values is finite.", browser.Evaluate<string>("document.getElementById('curves').textContent"), StringComparison.Ordinal);
        Assert.Equal(1, browser.Evaluate<int>("document.querySelectorAll('polyline.curve').length"));
        Assert.False(browser.Evaluate<bool>("/NaN|undefined/.test(document.querySelector('.charts').outerHTML)"));
        AssertQuiet(browser);
    }

    [SkippableFact]
    public void A_model_without_shapes_and_one_without_layers_are_shown()
    {
        using var browser = Open(Model.Sequential([new Dense(2), new Dense(3)]));
        Assert.Equal(["?", "?"], browser.Evaluate<string[]>("[...document.querySelectorAll('.item .shape')].map((text) => text.textContent)"));
        Assert.Equal(1, browser.Evaluate<int>("document.querySelectorAll('path.edge').length"));

        ModelPage.Write(Model.Sequential(Array.Empty<Layer>()), _folder["empty.html"]);
        browser.Open(_folder["empty.html"]);
        Assert.Equal(0, browser.Evaluate<int>("document.querySelectorAll('.item').length"));
        browser.Click("#zoom-fit");
        Assert.Empty(browser.Complaints);
    }

    [SkippableFact]
    public void Light_and_dark_differ()
    {
        using var browser = Open(Branched());
        var light = browser.Evaluate<string>("getComputedStyle(document.body).backgroundColor");

        browser.PreferDark();

        Assert.NotEqual(light, browser.Evaluate<string>("getComputedStyle(document.body).backgroundColor"));
    }

    [SkippableFact]
    public void Five_hundred_layers_are_drawn_and_found()
    {
        using var browser = Open(Model.Sequential([new Dense(4) { BatchInputShape = [-1, 4] }, .. Enumerable.Range(0, 499).Select(_ => new Dense(4))]));

        Assert.Equal(501, browser.Evaluate<int>("document.querySelectorAll('.item').length"));
        browser.Press("/");
        browser.Type("dense_499");
        browser.Press("Enter");
        Assert.True(browser.Evaluate<bool>("(() => { const box = document.querySelector('.item.selected').getBoundingClientRect(); const view = document.getElementById('canvas').getBoundingClientRect(); return box.top >= view.top && box.bottom <= view.bottom; })()"));
        AssertQuiet(browser);
    }

    [SkippableFact]
    public void A_model_inside_opens_and_closes()
    {
        var inner = Model.Sequential([new Dense(3) { Name = "deep", BatchInputShape = [-1, 3] }], "tower");
        var layer = new ModelLayer(new NestedModel(inner));
        var left = Model.Input([-1, 3]);
        var right = Model.Input([-1, 3]);
        using var browser = Open(Model.Functional([left, right], [new ModelLayer(new Add()).Apply([layer.Apply([left])[0], layer.Apply([right])[0]])[0]]));

        Assert.Equal(2, browser.Evaluate<int>("document.querySelectorAll('[data-name=deep]').length"));
        browser.Click("#canvas [data-name=deep]");
        browser.Press("ArrowUp");
        browser.Press("ArrowUp");
        browser.Press(" ");
        Assert.Equal(1, browser.Evaluate<int>("document.querySelectorAll('[data-name=deep]').length"));
        Assert.Contains("shared", browser.Evaluate<string>("document.querySelector('#panel .facts').textContent"), StringComparison.Ordinal);
        AssertQuiet(browser);
    }

    [SkippableTheory]
    [InlineData("merges")]
    [InlineData("transformer_block")]
    [InlineData("nested_multi_io")]
    [InlineData("multi_call_kwargs")]
    [InlineData("subclassed")]
    [InlineData("lambda_layer")]
    [InlineData("rnn_cells")]
    public void Golden_models_are_drawn_whole(string name)
    {
        var fixture = FixtureModel.Open(name);
        var file = new[] { "k2/model.h5", "k2/saved_model", "k3/model.h5" }.First(fixture.Has);
        ModelPage.WriteFile(fixture.PathOf(file), _folder["page.html"]);
        using var browser = Open();
        var model = ModelFile.Inspect(fixture.PathOf(file)).Model!;

        Assert.Equal(model.AllLayers.Select(layer => layer.Name).Order(StringComparer.Ordinal), browser.Evaluate<string[]>("[...new Set([...document.querySelectorAll('#canvas > svg > g > .item')].map((item) => item.dataset.name))]").Order(StringComparer.Ordinal));
        AssertQuiet(browser);
    }

    [SkippableFact]
    public void A_file_of_weights_is_a_list_of_tensors()
    {
        ModelFile.SaveWeights(Branched(), _folder["weights.h5"]);
        ModelPage.WriteFile(_folder["weights.h5"], _folder["page.html"]);
        using var browser = Open();

        Assert.Equal(6, browser.Evaluate<int>("document.querySelectorAll('#tensors tbody tr').length"));
        Assert.Equal(6, browser.Evaluate<int>("document.querySelectorAll('.cards .weight .histogram').length"));
        Assert.Equal(0, browser.Evaluate<int>("document.querySelectorAll('.cards .warning').length"));
        Assert.True(browser.Evaluate<bool>("document.getElementById('graph').hidden"));
        AssertQuiet(browser);
    }

    [SkippableFact]
    public void Names_are_text_whatever_they_hold()
    {
        const string Attack = "</script><script>window.owned = 1</script><img src=x onerror='window.owned = 2'>\"'`${owned = 3}%%data%%\u2028\u202e\u001b[2J";
        string[] names = [Attack, "__proto__", "constructor", "hasOwnProperty", "toString", "\ud800", "javascript:owned=4", "x' onclick='owned=5", new('w', 3000)];
        var json = string.Join(", ", names.Select((name, place) => $"{{\"class_name\": {Json(place % 2 == 0 ? "Dense" : name)}, \"config\": {{\"name\": {Json(name)}, \"units\": 3, \"activation\": {Json(name)}, {Json(name)}: {Json(name)}, \"kernel_regularizer\": {{\"class_name\": {Json(name)}, \"config\": {{{Json(name)}: 1}}}}}}}}"));
        var path = _folder["__proto__ <img src=x onerror=owned=6> & '.json"];
        File.WriteAllText(path, $"{{\"class_name\": \"Sequential\", \"config\": {{\"name\": {Json(Attack)}, \"layers\": [{{\"class_name\": \"InputLayer\", \"config\": {{\"name\": \"i\", \"batch_input_shape\": [null, 4]}}}}, {json}]}}}}");
        var info = ModelFile.Inspect(path);
        ModelPage.Write(info.Model!, _folder["page.html"], new ModelPageOptions { History = [new TrainingCurve(Attack, [1, 2], [0.5, double.NaN]), new TrainingCurve("__proto__", [1, 2], [double.PositiveInfinity, 1e308])] }, info);
        using var browser = Open();

        Assert.True(browser.Evaluate<bool>("typeof owned === 'undefined' && document.images.length === 0 && document.scripts.length === 2 && document.querySelectorAll('a[href]').length === 0"));
        Assert.Equal(names.Length + 1, browser.Evaluate<int>("document.querySelectorAll('#canvas > svg > g > .item').length"));
        Assert.Contains("window.owned = 1", browser.Evaluate<string>("document.title + document.querySelector('#canvas').textContent"), StringComparison.Ordinal);
        for (var place = 0; place <= names.Length; place++)
        {
            Assert.True(browser.Evaluate<bool>($"(() => {{ const item = document.querySelectorAll('#canvas > svg > g > .item')[{place}]; item.dispatchEvent(new MouseEvent('click', {{ bubbles: true }})); return typeof owned === 'undefined' && document.querySelector('#panel h2').textContent.length > 0; }})()"));
        }

        browser.Press("/");
        browser.Type("<script>");
        browser.Press("Enter");
        Assert.True(browser.Evaluate<bool>("typeof owned === 'undefined' && document.images.length === 0 && Object.keys(Object.prototype).length === 0"));
        AssertQuiet(browser);
    }

    private static string Json(string text) => ((ModelTools.Configuration.Json.ConfigValue)text).ToJson();

    private static void AssertQuiet(Chromium browser)
    {
        Assert.Empty(browser.Complaints);
        Assert.All(browser.Requests, address => Assert.StartsWith("file:", address, StringComparison.Ordinal));
        Assert.Single(browser.Requests);
    }

    private static Model Branched()
    {
        var input = Model.Input([-1, 3], name: "input");
        var left = new ModelLayer(new Dense(2) { Name = "left", Activation = Activations.Tanh }).Apply([input])[0];
        var right = new ModelLayer(new Dense(5) { Name = "right" }).Apply([input])[0];
        var merged = new ModelLayer(new Concatenate { Name = "merged" }).Apply([left, right])[0];
        var model = Model.Functional([input], [new ModelLayer(new Dense(1) { Name = "output" }).Apply([merged])[0]], "branched");
        model.Initialize(seed: 1);
        return model;
    }

    private Chromium Open(Model model, ModelPageOptions? options = null)
    {
        ModelPage.Write(model, _folder["page.html"], options);
        return Open();
    }

    private Chromium Open()
    {
        var browser = Chromium.Start(_folder["profile"]);
        browser.Open(_folder["page.html"]);
        return browser;
    }
}
