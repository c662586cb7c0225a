using ModelTools.Configuration.Json;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Objects;
using ModelTools.Tensors;
using ModelTools.Training;

namespace ModelTools.Configuration;

/// <summary>Writes Keras objects, by their <see cref="ObjectSchema"/> alone.</summary>
internal static class ObjectWriter
{
    /// <summary>Writes an object as a part of another's config: <c>module</c>, <c>class_name</c>, <c>config</c>, <c>registered_name</c>.</summary>
    /// <remarks>Keras 2.13 and later and Keras 3 agree on this form.</remarks>
    public static ConfigValue Write(KerasObject value, WriteContext context) => value switch
    {
        UnknownInitializer { Json: var json } => ConfigValue.Parse(json),
        UnknownRegularizer { Json: var json } => ConfigValue.Parse(json),
        UnknownConstraint { Json: var json } => ConfigValue.Parse(json),
        UnknownLayer layer => WriteUnknown(layer),
        NestedModel model => new ModelWriter(context, KerasForm.WithModules).Write(model.Model, model.Trainable),
        _ => ConfigObject.Create(
            new("module", ObjectKind.Of(value.GetType())!.Module),
            new("class_name", KerasNames.ClassName(value, context.Dialect)),
            new("config", WriteConfig(value, context)),
            new("registered_name", ConfigNull.Value)),
    };

    /// <summary>Writes the properties of an object.</summary>
    public static ConfigObject WriteConfig(KerasObject value, WriteContext context)
    {
        var members = new List<KeyValuePair<string, ConfigValue>>();
        foreach (var property in ObjectSchema.For(value.GetType()).Properties)
        {
            var content = NameOf(value, property) ?? property.Get(value);
            var isWritten = context.Dialect is KerasDialect.Keras2 ? property.WriteKeras2 : property.WriteKeras3;
            if (isWritten && !(property.OnlyIfSet && Equals(content, property.Default)))
            {
                members.Add(new(property.KeyIn(context.Dialect), content is Shape shape && property.Property.IsDefined(typeof(ConfigOpenExtentAttribute), false)
                    ? ConfigArray.Create(shape.Select(extent => (ConfigValue)extent))
                    : ValueWriter.Write(content, context)));
            }
        }

        if (context.Source == context.Dialect)
        {
            members.AddRange(value.UnknownMembers.Select(member => KeyValuePair.Create(member.Key, ConfigValue.Parse(member.Value))));
        }

        return KerasNames.WithoutRefusedKeys(value, ConfigObject.Create(members), context);
    }

    /// <summary>Writes an unknown layer as it was read, under the name it has now.</summary>
    public static ConfigObject WriteUnknown(UnknownLayer layer)
    {
        var serialised = ConfigValue.Parse(layer.Json) as ConfigObject ?? [new("class_name", layer.Class), new("config", ConfigObject.Empty)];
        return serialised.Find("config") is ConfigObject config && config.ContainsKey("name") && layer.Name.Length > 0
            ? serialised.With("config", config.With("name", layer.Name))
            : serialised;
    }

    // A layer that serves as an activation has no name of its own; Keras takes an empty one as it stands.
    private static string? NameOf(KerasObject value, ConfigProperty property) =>
        property.Name == nameof(Layer.Name) && value is Layer { Name: "" } ? SnakeCase.Of(value.ClassName) : null;
}
