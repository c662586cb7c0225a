namespace ModelTools.Tests.Configuration;

/// <summary>Writes configurations that no Keras would write.</summary>
internal static class HostileConfig
{
    public static string Input(string name, string shape = "[null, 4]") =>
        Layer("InputLayer", name, "[]", $"\"batch_input_shape\": {shape}");

    public static string Dense(string name, string from, string units = "4") => Layer("Dense", name, Call(from), $"\"units\": {units}");

    public static string Layer(string className, string name, string calls, string options = "\"trainable\": true") =>
        $"{{\"class_name\": \"{className}\", \"name\": \"{name}\", \"config\": {{\"name\": \"{name}\", {options}}}, \"inbound_nodes\": {calls}}}";

    /// <summary>One call on the first outputs of layers.</summary>
    public static string Call(params IEnumerable<string> from) => $"[[{string.Join(", ", from.Select(name => $"[\"{name}\", 0, 0, {{}}]"))}]]";

    public static string Graph(string name, IEnumerable<string> layers, string inputs, string outputs) =>
        $"{{\"class_name\": \"Functional\", \"config\": {{\"name\": \"{name}\", \"layers\": [{string.Join(", ", layers)}], \"input_layers\": {inputs}, \"output_layers\": {outputs}}}}}";

    public static string Sequential(string name, params IEnumerable<string> layers) =>
        $"{{\"class_name\": \"Sequential\", \"config\": {{\"name\": \"{name}\", \"layers\": [{string.Join(", ", layers)}]}}}}";

    public static string Ends(params IEnumerable<string> names) => $"[{string.Join(", ", names.Select(name => $"[\"{name}\", 0, 0]"))}]";

    /// <summary>A model in a model in a model …, each calling the inner one once or twice.</summary>
    public static string Nested(int depth, bool twice)
    {
        var model = Graph("m0", [Input("i"), Dense("d", "i")], Ends("i"), Ends("d"));
        for (var level = 1; level <= depth; level++)
        {
            var (input, inner) = ($"i{level}", $"m{level - 1}");
            var calls = twice ? $"[[[\"{input}\", 0, 0, {{}}]], [[\"{inner}\", 1, 0, {{}}]]]" : Call(input);
            var layer = $"{model[..^1]}, \"name\": \"{inner}\", \"inbound_nodes\": {calls}}}";
            model = Graph($"m{level}", [Input(input), layer], Ends(input), $"[[\"{inner}\", {(twice ? 2 : 1)}, 0]]");
        }

        return model;
    }
}
