using ModelTools.Configuration.Json;

namespace ModelTools.Tests.Configuration;

/// <summary>Finds what one configuration says and another does not, where the difference matters to Keras.</summary>
internal static class ConfigDifferences
{
    /// <summary>Members that tell nothing where they have these values, or that Keras makes anew.</summary>
    private static readonly HashSet<string> LeftOut =
    [
        "build_config", "compile_config", "keras_version", "backend", "registered_name", "module", "optional", "ragged", "batch_input_shape", "build_input_shape", "shared_object_id", "rng_type",
    ];

    public static IEnumerable<string> Between(ConfigValue expected, ConfigValue actual, string path = "")
    {
        expected = Normalised(expected);
        actual = Normalised(actual);
        if (expected is ConfigObject from && actual is ConfigObject to)
        {
            // Keras 2 writes options for a kernel that separable convolutions do not have.
            return from.Keys.Union(to.Keys).Where(key => !LeftOut.Contains(key) && !(from.ContainsKey("depthwise_initializer") && key.StartsWith("kernel_", StringComparison.Ordinal) && key != "kernel_size")).SelectMany(key => Between(from.Find(key) ?? ConfigNull.Value, to.Find(key) ?? ConfigNull.Value, $"{path}.{key}"));
        }

        if (expected is ConfigArray first && actual is ConfigArray second && first.Count == second.Count)
        {
            return first.Zip(second).SelectMany((pair, index) => Between(pair.First, pair.Second, $"{path}[{index}]"));
        }

        // A chain's own policy, and adaptions that were added to the weights, have no effect.
        if (path is ".config.dtype" || path.EndsWith(".lora_rank", StringComparison.Ordinal) || path.EndsWith(".lora_alpha", StringComparison.Ordinal))
        {
            return [];
        }

        return expected.Equals(actual) || IsNothing(expected, actual) ? [] : [$"{path}: {Text(expected)} became {Text(actual)}"];
    }

    // A list of one number and the number, a list of one reference and the reference, a policy and its name say the same.
    private static ConfigValue Normalised(ConfigValue value) => value switch
    {
        ConfigArray { Count: 1 } list when list[0] is ConfigNumber or ConfigArray => Normalised(list[0]),
        ConfigObject policy when policy.Find("class_name") is ConfigString { Value: "DTypePolicy" or "Policy" } => policy.GetObject("config")["name"],
        ConfigString { Value: "OrthogonalInitializer" } => "Orthogonal",
        ConfigString { Value: "IdentityInitializer" } => "Identity",
        _ => value,
    };

    private static bool IsNothing(ConfigValue expected, ConfigValue actual) => actual is ConfigNull && expected is ConfigBoolean or ConfigNumber { Text: "1" } or ConfigNumber { Text: "0.0" } or ConfigString { Value: "channels_last" or "constant" };

    private static string Text(ConfigValue value) => value.ToJson() is var text && text.Length > 200 ? text[..200] + "…" : text;
}
