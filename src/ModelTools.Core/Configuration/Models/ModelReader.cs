using System.Collections.Immutable;
using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Configuration;

/// <summary>Makes models from their configuration.</summary>
internal static class ModelReader
{
    private static readonly HashSet<string> KnownMembers =
        ["name", "trainable", "layers", "input_layers", "output_layers", "build_input_shape", "batch_input_shape"];

    /// <summary>Reads <c>class_name</c> and <c>config</c> of a model.</summary>
    public static Model Read(ConfigObject serialised, ReadContext context)
    {
        var className = serialised.FindString("class_name") ?? throw context.Corrupt("The model's configuration has no 'class_name'.");
        var config = serialised.Find("config");
        var name = (config as ConfigObject)?.Find("name") is ConfigString text ? text.Value : "";
        var inside = context.At(name.Length > 0 ? name : className);
        var model = config switch
        {
            ConfigArray layers when className == "Sequential" => ReadSequential(layers, ConfigObject.Empty, serialised, inside),
            ConfigObject sequential when className == "Sequential" => ReadSequential(sequential.GetArray("layers"), sequential, serialised, inside),
            ConfigObject graph when IsGraph(graph) => GraphReader.Read(graph, className is "Model" ? "Functional" : className, inside),
            ConfigObject other => ReadSubclassed(className, other, inside),
            null or ConfigNull => ReadSubclassed(className, ConfigObject.Empty, inside),
            _ => throw inside.At("config").Unexpected(config, "an object"),
        };
        model.Dialect = context.Dialect;
        return model;
    }

    /// <summary>Reads a layer of a model, which may be a model itself.</summary>
    public static ModelLayer ReadLayer(ConfigObject serialised, ReadContext context)
    {
        if (IsModel(serialised))
        {
            return new ModelLayer(ReadNested(serialised, context)) { IsTolerant = true };
        }

        var name = (serialised.Find("config") as ConfigObject)?.Find("name") is ConfigString text ? text.Value : "";
        var inside = context.At(name.Length > 0 ? name : "layers");
        var plain = OlderClasses.Renew(serialised.Without("inbound_nodes", "name"));
        var layer = LayerReader.ReasonToKeep(plain, context) is { } reason ? LayerReader.Keep(plain, reason, inside) : (Layer)ObjectReader.Read(ObjectKind.Layer, plain, inside);
        if (layer.Name.Length == 0 && serialised.FindString("name") is { } outer)
        {
            layer = layer with { Name = outer };
        }

        return new ModelLayer(layer) { IsTolerant = true, ExpectedInputs = BuildShapes(serialised) };
    }

    /// <summary>Reads a model that is a layer of another one.</summary>
    public static NestedModel ReadNested(ConfigObject serialised, ReadContext context)
    {
        var model = Read(serialised, context);
        var isFrozen = serialised.Find("config") is ConfigObject config && config.Find("trainable") is ConfigBoolean { Value: false };
        return new NestedModel(model) { Name = model.Name, Trainable = !isFrozen };
    }

    /// <summary>True if a layer's JSON is that of a model.</summary>
    public static bool IsModel(ConfigObject serialised) => serialised.Find("config") switch
    {
        ConfigArray => serialised.Find("class_name") is ConfigString { Value: "Sequential" },
        ConfigObject config => IsGraph(config) || (serialised.Find("class_name") is ConfigString { Value: "Sequential" } && config.Find("layers") is ConfigArray),
        _ => false,
    };

    /// <summary>Members of a model's config that are not known here.</summary>
    public static ImmutableSortedDictionary<string, string> UnknownMembers(ConfigObject config) =>
        config.Where(member => !KnownMembers.Contains(member.Key)).ToImmutableSortedDictionary(member => member.Key, member => member.Value.ToJson(), StringComparer.Ordinal);

    private static bool IsGraph(ConfigObject config) => config.Find("layers") is ConfigArray && config.ContainsKey("input_layers") && config.ContainsKey("output_layers");

    private static Model ReadSequential(ConfigArray items, ConfigObject config, ConfigObject serialised, ReadContext context)
    {
        var layers = items.Select(item => ReadLayer(item as ConfigObject ?? throw context.At("layers").Unexpected(item, "a layer"), context)).ToList();
        var model = Model.Sequential(layers, config.FindString("name") ?? "sequential", UnknownMembers(config));
        if (!model.IsBuilt && layers.Count > 0 && (ValueReader.TryShape(config.Find("build_input_shape")) ?? BuildShapes(serialised)?[0]) is { Rank: > 0 } shape)
        {
            try
            {
                model.Build(shape);
            }
            catch (ModelToolsException error) when (error.Code == ErrorCode.InputMismatch)
            {
                context.Warn(error.Code, $"The model cannot be built on the input shape {shape} that the file names: {error.Message}");
            }
        }

        return model;
    }

    private static Model ReadSubclassed(string className, ConfigObject config, ReadContext context)
    {
        context.Warn(ErrorCode.UnsupportedLayer, $"The model is of the class {className}, whose code is not in the file: its layers and weights can be seen, but it cannot be run.");
        return Model.Subclassed(className, [], config.Find("name") is ConfigString name ? name.Value : Objects.SnakeCase.Of(className), UnknownMembers(config));
    }

    /// <summary>The shapes in <c>build_config</c>, one per input; null if it does not say them in its plain form.</summary>
    private static IReadOnlyList<Shape>? BuildShapes(ConfigObject serialised)
    {
        var shape = (serialised.Find("build_config") as ConfigObject)?.Find("input_shape");
        return shape is ConfigArray { Count: > 0 } list && list.All(item => ValueReader.TryShape(item) is not null)
            ? [.. list.Select(item => ValueReader.TryShape(item)!)]
            : ValueReader.TryShape(shape) is { } single ? [single] : null;
    }

}
