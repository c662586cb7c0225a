using ModelTools.Configuration.Json;
using ModelTools.Layers;
using ModelTools.Objects;

namespace ModelTools.Configuration;

/// <summary>The spellings of an activation: a name, a reference to a function, or a layer that stands for one.</summary>
internal static class ActivationJson
{
    /// <summary>Reads any spelling; a function that is not known is kept.</summary>
    public static ActivationFunction Read(ConfigValue value, ReadContext context)
    {
        switch (value)
        {
            case ConfigString name:
                return Activations.Find(name.Value, context.Dialect) ?? new UnknownActivation(name.Value);
            case ConfigObject function when FunctionName(function) is { } name && IsOfKeras(function):
                return Activations.Find(name, context.Dialect) ?? new UnknownActivation(name, function.ToJson());
            case ConfigObject other when other.FindString("class_name") is { } className:
                // A layer calls its activation several times: with layers in layers, the number of calls would grow without bound.
                var isKnown = !context.IsInActivation && ObjectKind.Layer.FindBuiltIn(className, other.Find("module") is ConfigString module ? module.Value : null) is not null;
                var layer = isKnown ? ObjectReader.Read(ObjectKind.Layer, other, context with { IsInActivation = true }) as Layer : null;
                return layer is null ? new UnknownActivation(className, other.ToJson()) : new LayerActivation(layer);
            default:
                throw context.Unexpected(value, "an activation");
        }
    }

    /// <summary>Writes an activation; those of Keras by name.</summary>
    public static ConfigValue Write(ActivationFunction activation, WriteContext context) => activation switch
    {
        UnknownActivation { Json: { } json } => ConfigValue.Parse(json),
        LayerActivation { Layer: var layer } => ObjectWriter.Write(layer, context),
        _ => activation.Name,
    };

    // {"class_name": "function", "config": "relu"}, also with the package in front: "keras>relu".
    private static string? FunctionName(ConfigObject value) =>
        value.Find("class_name") is ConfigString { Value: "function" } && value.Find("config") is ConfigString name ? name.Value : null;

    private static bool IsOfKeras(ConfigObject function) =>
        function.Find("module") is not ConfigString module || module.Value.Split('.')[0] is "builtins" or "keras" or "tf_keras" or "tensorflow";
}
