using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Objects;

namespace ModelTools.Configuration;

/// <summary>Layers that are kept as they are: of classes that are not known, or with options that change what they are.</summary>
internal static class LayerReader
{
    /// <summary>Takes name, flag and policy of a layer of an unknown class from its config.</summary>
    public static UnknownLayer WithCommon(UnknownLayer layer, ConfigObject serialised, ReadContext context)
    {
        var read = Named(layer, serialised, context);
        var (code, message) = read.CarriesCode
            ? (ErrorCode.ExecutableContent, $"The layer '{read.Name}' ({read.Class}) carries code of the model's author, which is never run.")
            : (ErrorCode.UnsupportedLayer, $"The layer '{read.Name}' is of the class {read.Class}, which is not known: it is kept as it is and cannot be run.");
        context.Warn(code, message);
        return read;
    }

    // Operations of Keras 3 that bear the names of layers; in legacy files nothing but their config tells them apart.
    private static readonly HashSet<string> OperationNames =
        ["Add", "Subtract", "Multiply", "Maximum", "Minimum", "Average", "Dot", "Concatenate", "Reshape", "Softmax", "Flatten", "Identity"];

    /// <summary>Why a layer of a known class cannot be treated as one: what stands in its way, or null.</summary>
    public static string? ReasonToKeep(ConfigObject serialised, ReadContext context)
    {
        if (serialised.Find("config") is not ConfigObject config)
        {
            return null;
        }

        if (config.Find("quantization_config") is ConfigObject || (config.Find("dtype") is ConfigObject policy && policy.Find("config") is ConfigObject inside && inside.ContainsKey("mode")))
        {
            return "is quantised";
        }

        if (context.Dialect is KerasDialect.Keras3 && !config.ContainsKey("dtype") && serialised.Find("class_name") is ConfigString name && OperationNames.Contains(name.Value))
        {
            return "is an operation rather than a layer";
        }

        return config.Find("renorm") is ConfigBoolean { Value: true } ? "uses batch renormalisation" : null;
    }

    /// <summary>Keeps a layer of a known class as it is.</summary>
    public static UnknownLayer Keep(ConfigObject serialised, string reason, ReadContext context)
    {
        var kept = Named(new UnknownLayer(serialised.GetString("class_name"), serialised.ToJson()), serialised, context);
        context.Warn(ErrorCode.UnsupportedOption, $"The layer '{kept.Name}' ({kept.Class}) {reason}: it is kept as it is and cannot be run.");
        return kept;
    }

    private static UnknownLayer Named(UnknownLayer layer, ConfigObject serialised, ReadContext context)
    {
        var config = serialised.Find("config") as ConfigObject ?? ConfigObject.Empty;
        return layer with
        {
            Name = (config.Find("name") ?? serialised.Find("name")) is ConfigString name ? name.Value : "",
            Trainable = config.Find("trainable") is not ConfigBoolean { Value: false },
            DType = config.Find("dtype") is ConfigString or ConfigObject ? DTypePolicyJson.Read(config["dtype"], context) : DTypePolicy.Float32,
        };
    }
}
