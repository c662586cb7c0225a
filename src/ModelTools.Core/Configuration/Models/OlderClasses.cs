using ModelTools.Configuration.Json;

namespace ModelTools.Configuration;

/// <summary>Classes of older Kerases that are another class with certain options today.</summary>
internal static class OlderClasses
{
    private static readonly Dictionary<string, (string Class, KeyValuePair<string, ConfigValue>[] Options)> Successors = new()
    {
        ["CuDNNLSTM"] = ("LSTM", [new("activation", "tanh"), new("recurrent_activation", "sigmoid"), new("use_bias", true)]),
        ["CuDNNGRU"] = ("GRU", [new("activation", "tanh"), new("recurrent_activation", "sigmoid"), new("use_bias", true), new("reset_after", true)]),
        ["SyncBatchNormalization"] = ("BatchNormalization", []),
        ["BatchNormalizationV1"] = ("BatchNormalization", []),
        ["BatchNormalizationV2"] = ("BatchNormalization", []),
    };

    /// <summary>The same layer under the class of today; as it is where the class is still there.</summary>
    public static ConfigObject Renew(ConfigObject serialised)
    {
        if (serialised.Find("class_name") is not ConfigString name || !Successors.TryGetValue(name.Value, out var successor) || serialised.Find("config") is not ConfigObject config)
        {
            return serialised;
        }

        foreach (var (key, value) in successor.Options)
        {
            config = config.With(key, value);
        }

        return serialised.With("class_name", successor.Class).With("config", config);
    }
}
