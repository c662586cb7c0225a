using ModelTools.Configuration.Json;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Objects;
using ModelTools.Tensors;

namespace ModelTools.Configuration;

/// <summary>Writes models and their layers.</summary>
internal sealed class ModelWriter(WriteContext context, KerasForm form)
{
    private bool IsKeras3 => context.Dialect is KerasDialect.Keras3;

    /// <summary>Writes a model: <c>class_name</c>, <c>config</c> and what the form adds.</summary>
    public ConfigObject Write(Model model, bool isTrainable = true)
    {
        var config = model.Kind switch
        {
            ModelKind.Sequential => Sequential(model, isTrainable),
            ModelKind.Functional => Functional(model, isTrainable),
            _ => Subclassed(model),
        };
        if (context.Source == context.Dialect)
        {
            config = ConfigObject.Create([.. config, .. model.UnknownMembers.Where(member => !config.ContainsKey(member.Key)).Select(member => KeyValuePair.Create(member.Key, ConfigValue.Parse(member.Value)))]);
        }

        return Wrap(model.ClassName, config, model.Kind is ModelKind.Sequential ? "keras" : IsKeras3 ? "keras.src.models.functional" : "keras.src.engine.functional", BuildConfig(model));
    }

    /// <summary>Writes a layer without its calls.</summary>
    public ConfigObject WriteLayer(ModelLayer layer)
    {
        if (layer.NestedModel is { } model)
        {
            return Write(model, layer.Layer.Trainable);
        }

        if (layer.Layer is UnknownLayer unknown)
        {
            return ObjectWriter.WriteUnknown(unknown);
        }

        if (IsKeras3 && layer.Layer is ThresholdedReLU threshold)
        {
            var successor = new ReLU { Name = threshold.Name, Trainable = threshold.Trainable, DType = threshold.DType, Threshold = threshold.Theta };
            return Wrap(successor.ClassName, ObjectWriter.WriteConfig(successor, context), ObjectKind.Layer.Module, BuildConfig(layer));
        }

        // The shape of the input stands in the input layer, which a built model always has.
        var config = ObjectWriter.WriteConfig(layer.IsBuilt ? layer.Layer with { BatchInputShape = null } : layer.Layer, context);
        return Wrap(KerasNames.ClassName(layer.Layer, context.Dialect), WithBuildShapes(layer, config), ObjectKind.Layer.Module, BuildConfig(layer));
    }

    // Keras 2 cannot do without them; it builds the layer by them.
    private ConfigObject WithBuildShapes(ModelLayer layer, ConfigObject config)
    {
        if (IsKeras3 || layer.Layer is not MultiHeadAttention || layer.BuildShapes is not [var query, ..])
        {
            return config;
        }

        var value = layer.BuildShapes.ElementAtOrDefault(1) ?? query;
        var key = layer.BuildShapes.ElementAtOrDefault(2) ?? value;
        return config.With("query_shape", ValueWriter.WriteShape(query)).With("key_shape", ValueWriter.WriteShape(key)).With("value_shape", ValueWriter.WriteShape(value));
    }

    private ConfigObject Wrap(string className, ConfigObject config, string module, ConfigObject? buildConfig)
    {
        if (form is KerasForm.Plain)
        {
            return [new("class_name", className), new("config", config)];
        }

        List<KeyValuePair<string, ConfigValue>> members =
        [
            new("module", module),
            new("class_name", className),
            new("config", config),
            new("registered_name", module.EndsWith(".functional", StringComparison.Ordinal) ? className : ConfigNull.Value),
        ];
        if (buildConfig is not null)
        {
            members.Add(new("build_config", buildConfig));
        }

        return ConfigObject.Create(members);
    }

    private ConfigObject Sequential(Model model, bool isTrainable)
    {
        var layers = ConfigArray.Create(model.AllLayers.Select(layer => (ConfigValue)WriteLayer(layer)));
        if (!IsKeras3)
        {
            return [new("name", model.Name), new("layers", layers)];
        }

        ConfigObject config = [new("name", model.Name), new("trainable", isTrainable), new("dtype", DTypePolicyJson.Write(PolicyOf(model))), new("layers", layers)];
        return model.IsBuilt ? config.With("build_input_shape", ValueWriter.WriteShape(model.Inputs[0].Shape)) : config;
    }

    private ConfigObject Functional(Model model, bool isTrainable)
    {
        var calls = new CallWriter(model, context);
        var layers = model.AllLayers.Select(layer => ConfigObject.Create([.. WriteLayer(layer), new("name", layer.Name), new("inbound_nodes", calls.WriteAll(layer))]));
        return
        [
            new("name", model.Name),
            new("trainable", isTrainable),
            new("layers", ConfigArray.Create(layers)),
            new("input_layers", calls.WriteEnds(model.Inputs, model.InputStructure)),
            new("output_layers", calls.WriteEnds(model.Outputs, model.OutputStructure)),
        ];
    }

    // A chain's own policy has no effect on its layers; Keras names the one that was the default when it was made.
    private static DTypePolicy PolicyOf(Model model) => model.Layers is [{ Layer.DType: var first }, ..] ? first : DTypePolicy.Float32;

    private static ConfigObject Subclassed(Model model) => [new("name", model.Name)];

    private static ConfigObject? BuildConfig(Model model) => model is { Kind: ModelKind.Sequential, IsBuilt: true }
        ? [new("input_shape", ValueWriter.WriteShape(model.Inputs[0].Shape))]
        : null;

    // Several inputs have forms that differ from layer to layer; Keras builds without them from the calls.
    private static ConfigObject? BuildConfig(ModelLayer layer) => layer.BuildShapes is [var shape] && layer.Layer is not InputLayer
        ? [new("input_shape", ValueWriter.WriteShape(shape))]
        : null;
}
