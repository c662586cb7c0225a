using System.Text;
using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Models;
using ModelTools.Tests.Support;
using static ModelTools.Tests.Configuration.HostileConfig;

namespace ModelTools.Tests.Configuration;

/// <summary>Configurations made to harm: each is read, or refused with its code and a plain sentence, in time and memory that its length explains.</summary>
public sealed class HostileConfigTests : IDisposable
{
    private const int Many = 4_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1000, false, "MT2007")]
    [InlineData(38, false, null)]
    [InlineData(20, true, "MT2007")]
    [InlineData(38, true, "MT2007")]
    public void Models_inside_of_models_end(int depth, bool twice, string? code) => Check(Nested(depth, twice), code);

    [Fact]
    public void A_chain_of_diamonds_is_read_once_for_each_call() =>
        Check(Graph("m", [Input("a0"), .. Enumerable.Range(1, 2000).Select(number => Layer("Add", $"a{number}", Call($"a{number - 1}", $"a{number - 1}")))], Ends("a0"), Ends("a2000")), null);

    [Fact]
    public void Doubled_widths_are_refused_before_they_overflow() =>
        Check(Graph("m", [Input("a0"), .. Enumerable.Range(1, 80).Select(number => Layer("Concatenate", $"a{number}", Call($"a{number - 1}", $"a{number - 1}")))], Ends("a0"), Ends("a80")), "MT2004");

    [Fact]
    public void A_layer_that_is_an_activation_of_an_activation_is_kept_as_it_is()
    {
        var activation = "\"relu\"";
        for (var level = 0; level < 40; level++)
        {
            activation = $"{{\"class_name\": \"LSTM\", \"config\": {{\"name\": \"l{level}\", \"units\": 4, \"activation\": {activation}}}}}";
        }

        Check(Sequential("s", Input("i", "[null, 4, 4]"), Layer("Dense", "d", "[]", $"\"units\": 4, \"activation\": {activation}")), null);
    }

    [Theory]
    [InlineData("cycle")]
    [InlineData("self")]
    [InlineData("missing")]
    [InlineData("call")]
    [InlineData("output")]
    [InlineData("no inputs")]
    public void Calls_that_cannot_be_made_are_a_malformed_graph(string kind) => Check(kind switch
    {
        "cycle" => Graph("m", [Input("i"), Layer("Add", "a", Call("i", "b")), Layer("Add", "b", Call("i", "a"))], Ends("i"), Ends("a")),
        "self" => Graph("m", [Input("i"), Layer("Add", "a", Call("i", "a"))], Ends("i"), Ends("a")),
        "missing" => Graph("m", [Input("i"), Dense("d", "nowhere")], Ends("i"), Ends("d")),
        "call" => Graph("m", [Input("i"), Layer("Dense", "d", "[[[\"i\", 7, 0, {}]]]", "\"units\": 2")], Ends("i"), Ends("d")),
        "no inputs" => Graph("m", [Input("i"), Dense("d", "i")], Ends(), Ends("d")),
        _ => Graph("m", [Input("i"), Dense("d", "i")], Ends("i"), "[[\"d\", 0, 5]]"),
    }, "MT1011");

    [Theory]
    [InlineData("chain")]
    [InlineData("reversed")]
    [InlineData("unknown")]
    [InlineData("unnamed")]
    [InlineData("one layer")]
    [InlineData("inputs")]
    [InlineData("outputs")]
    [InlineData("wide")]
    [InlineData("waiting")]
    [InlineData("cells")]
    [InlineData("keys")]
    public void Graphs_of_any_form_are_read_in_time(string kind) => Check(kind switch
    {
        "chain" => Graph("m", Chain(), Ends("d0"), Ends($"d{Many}")),
        "reversed" => Graph("m", Chain().Reverse(), Ends("d0"), Ends($"d{Many}")),
        "unknown" => Graph("m", [Input("d0"), .. Numbers().Select(number => Layer("Mine", $"d{number}", Call($"d{number - 1}")))], Ends("d0"), Ends($"d{Many}")),
        "unnamed" => Sequential("s", [Input("i"), .. Numbers().Select(_ => "{\"class_name\": \"ReLU\", \"config\": {}}")]),
        "one layer" => Graph("m", [Input("i"), Layer("Dense", "d", $"[[[\"i\", 0, 0, {{}}]], {string.Join(", ", Numbers().Select(number => $"[[\"d\", {number - 1}, 0, {{}}]]"))}]", "\"units\": 4")], Ends("i"), $"[[\"d\", {Many}, 0]]"),
        "inputs" => Graph("m", [.. Numbers().Select(number => Input($"i{number}")), Layer("Concatenate", "c", Call(Numbers().Select(number => $"i{number}")))], Ends(Numbers().Select(number => $"i{number}")), Ends("c")),
        "outputs" => Graph("m", [Input("i"), .. Numbers().Select(number => Dense($"d{number}", "i"))], Ends("i"), Ends(Numbers().Select(number => $"d{number}"))),
        "wide" => Graph("m", [Input("i"), Layer("Add", "a", Call(Numbers().Select(_ => "i")))], Ends("i"), Ends("a")),
        "waiting" => Graph("m", [.. Numbers().Select(number => Layer("Add", $"a{number}", Call("x", "y"))), Dense("y", "x"), Dense("x", "i"), Input("i")], Ends("i"), Ends("a1")),
        "cells" => Sequential("s", Input("i", "[null, 3, 3]"), Layer("RNN", "r", "[]", $"\"cell\": {{\"class_name\": \"StackedRNNCells\", \"config\": {{\"cells\": [{string.Join(", ", Numbers().Take(2000).Select(_ => "{\"class_name\": \"LSTMCell\", \"config\": {\"name\": \"c\", \"units\": 2}}"))}]}}}}")),
        _ => Sequential("s", Input("i"), Layer("Dense", "d", "[]", $"\"units\": 4, {string.Join(", ", Numbers().Select(number => $"\"k{number}\": {number}"))}")),
    }, null);

    [Theory]
    [InlineData("1000000000000", "MT1006")]
    [InlineData("2147483647", null)]
    [InlineData("9223372036854775807", "MT1006")]
    [InlineData("9223372036854775808", "MT1006")]
    [InlineData("-1", "MT3007")]
    [InlineData("0", "MT3007")]
    [InlineData("NaN", "MT1006")]
    [InlineData("1e400", "MT1006")]
    [InlineData("2.5", "MT1006")]
    [InlineData("null", "MT1006")]
    [InlineData("true", "MT1006")]
    [InlineData("\"4\"", "MT1006")]
    [InlineData("{}", "MT1006")]
    public void Units_are_a_number_that_can_be(string units, string? code) => Check(Graph("m", [Input("i"), Dense("d", "i", units)], Ends("i"), Ends("d")), code);

    [Theory]
    [InlineData("[null, 3000000000, 3000000000]", "{\"class_name\": \"Flatten\", \"config\": {\"name\": \"f\"}}")]
    [InlineData("[null, 9223372036854775807]", "{\"class_name\": \"Dense\", \"config\": {\"name\": \"d\", \"units\": 2147483647}}")]
    [InlineData("[null, 90000000000, 4]", "{\"class_name\": \"RepeatVector\", \"config\": {\"name\": \"r\", \"n\": 2147483647}}")]
    [InlineData("[null, 30000, 30000, 3]", "{\"class_name\": \"UpSampling2D\", \"config\": {\"name\": \"u\", \"size\": [2147483647, 2147483647]}}")]
    public void Shapes_that_no_machine_holds_are_refused(string shape, string layer)
    {
        var codes = HostileFile.Survive(Write(Sequential("s", Input("i", shape), layer)));

        Assert.Contains(codes[0].Id, (string[])["MT2004", "MT3006"]);
    }

    [Theory]
    [InlineData("AdaptiveAveragePooling2D", "[null, 8, 8, 3]", "\"output_size\": [4, 2147483647]", null)]
    [InlineData("RepeatVector", "[null, 4]", "\"n\": 2147483647", null)]
    [InlineData("UpSampling2D", "[null, 8, 8, 3]", "\"size\": [40000, 40000], \"interpolation\": \"bilinear\"", null)]
    [InlineData("Resizing", "[null, 8, 8, 3]", "\"height\": 1000000, \"width\": 1000000", null)]
    [InlineData("CategoryEncoding", "[null, 4]", "\"num_tokens\": 2147483647, \"output_mode\": \"multi_hot\"", null)]
    [InlineData("LSTM", "[null, 2000000000, 3]", "\"units\": 2, \"unroll\": true", null)]
    [InlineData("MultiHeadAttention", "[null, 8, 3]", "\"num_heads\": 2, \"key_dim\": 2, \"value_dim\": 2, \"attention_axes\": [65537]", "MT3006")]
    [InlineData("ZeroPadding2D", "[null, 8, 8, 3]", "\"padding\": [[2147483647, 2147483647], [1, 1]]", null)]
    public void Sizes_of_options_take_no_memory_of_their_own(string className, string shape, string options, string? code)
    {
        var calls = className == "MultiHeadAttention" ? Call("i", "i") : Call("i");
        Check(Graph("m", [Input("i", shape), Layer(className, "l", calls, options)], Ends("i"), Ends("l")), code);
    }

    [Fact]
    public void Weights_are_numbers() => Check(Sequential("s", Input("i"), Layer("Dense", "d", "[]", "\"units\": 2, \"dtype\": \"string\"")), "MT3007");

    [Fact]
    public void A_layer_may_be_called_like_a_value() =>
        Check(Sequential("s", Input("i"), "{\"class_name\": \"__tuple__\", \"items\": [1], \"config\": {\"name\": \"t\"}}"), null);

    [Fact]
    public void Endless_names_are_not_repeated_for_each_layer()
    {
        var name = new string('x', 3_000_000);
        Check(Sequential("s", Input("i"), Sequential(name, Numbers().Select(number => $"{{\"class_name\": \"Dense\", \"config\": {{\"name\": \"d{number}\", \"units\": 3}}}}"))), "MT2004");
        Check(Sequential(name, Input("i"), Layer("Mine", "d", "[]")), null);
        Check($"{{\"class_name\": \"Sequential\", \"config\": {{\"layers\": [], \"{name}\": {{{string.Join(", ", Numbers().Select(_ => "\"a\": 1"))}}}}}}}", null);
        Check($"{{\"class_name\": \"Sequential\", \"config\": {{\"layers\": [], \"{name}\": [{string.Join(", ", Numbers().Select(_ => "{\"class_name\": \"__lambda__\"}"))}]}}}}", null);
    }

    [Fact]
    public void Names_are_shown_without_what_a_terminal_obeys()
    {
        const string Name = "a\\u001b[2J\\u0007\\u202e\\ud800\\r";
        var path = Write(Sequential(Name, Input("i"), Layer("Mi\\u001bne", Name, "[]")));
        HostileFile.Survive(path);
        var info = ModelFile.Inspect(path);

        Assert.Equal("a\u001b[2J\u0007\u202e\ud800\r", info.Model!.AllLayers[^1].Name);
        Assert.Contains(@"a\u001b[2J\u0007\u202e\ud800\u000d", Assert.Single(info.Findings).Message, StringComparison.Ordinal);
        Assert.Contains(@"a\u001b[2J\u0007\u202e\ud800\u000d", new ModelSummary(info.Model).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"class_name\": \"__lambda__\", \"config\": {\"code\": \"4wEAAAA\", \"defaults\": null, \"closure\": null}}")]
    [InlineData("[\"4wEAAAA\", null, null]")]
    public void Code_in_a_layer_is_reported_and_kept(string function)
    {
        var path = Write(Sequential("s", Input("i"), Layer("Lambda", "l", "[]", $"\"function\": {function}, \"module\": \"os\", \"function_type\": \"lambda\"")));
        HostileFile.Survive(path);

        Assert.Contains(ModelFile.Inspect(path).Findings, finding => finding.Code == ErrorCode.ExecutableContent);
        ModelConversion.Convert(path, _folder["kept.json"]);
        Assert.Contains("4wEAAAA", File.ReadAllText(_folder["kept.json"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"\\ud800\"", true)]
    [InlineData("\"\u0001\"", false)]
    public void Characters_that_are_none_are_kept_or_refused(string name, bool isRead) =>
        Check($"{{\"class_name\": \"Sequential\", \"config\": {{\"name\": {name}, \"layers\": []}}}}", isRead ? null : "MT1006");

    [Fact]
    public void Broken_encodings_are_refused_and_a_byte_order_mark_is_not()
    {
        byte[] text = [.. "{\"class_name\": \"Sequential\", \"config\": {\"name\": \""u8, 0xC3, 0x28, .. "\", \"layers\": []}}"u8];
        File.WriteAllBytes(_folder["bad.json"], text);
        Assert.Equal("MT1006", HostileFile.Survive(_folder["bad.json"])[0].Id);

        File.WriteAllText(_folder["mark.json"], "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"n\", \"layers\": []}}", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal("n", ModelFile.Load(_folder["mark.json"]).Name);
    }

    private static IEnumerable<int> Numbers() => Enumerable.Range(1, Many);

    private static IEnumerable<string> Chain() => Numbers().Select(number => Dense($"d{number}", $"d{number - 1}", "2")).Prepend(Input("d0"));

    private string Write(string config)
    {
        File.WriteAllText(_folder["model.json"], config, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return _folder["model.json"];
    }

    /// <summary>Everything that opens models works, or the first step ends with a code.</summary>
    private void Check(string config, string? code)
    {
        var path = Write(config);
        HostileFile.Survive(path);

        Assert.Equal(code, HostileFile.Failure(() => ModelFile.Inspect(path))?.Code.Id);
    }
}
