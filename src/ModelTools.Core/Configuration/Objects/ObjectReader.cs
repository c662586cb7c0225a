using System.Collections.Immutable;
using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Objects;
using ModelTools.Training;

namespace ModelTools.Configuration;

/// <summary>Makes Keras objects from their JSON, by their <see cref="ObjectSchema"/> alone.</summary>
internal static class ObjectReader
{
    /// <summary>Options that Keras writes into many layers and that change no number.</summary>
    private static readonly HashSet<string> ExpectedKeys =
        ["implementation", "trainable", "noise_shape", "query_shape", "key_shape", "value_shape", "renorm_momentum", "groups", "lora_rank", "lora_alpha", "input_length", "dilation_rate", "seed"];

    /// <summary>Reads an object in any spelling: a bare name, <c>class_name</c> and <c>config</c>, with or without <c>module</c>.</summary>
    /// <exception cref="ModelToolsException">MT1006: no object of that kind; MT6006: a class that is not known, where there is nothing to stand for it.</exception>
    public static KerasObject Read(ObjectKind kind, ConfigValue value, ReadContext context) => value switch
    {
        ConfigObject model when kind == ObjectKind.Layer && ModelReader.IsModel(model) => ModelReader.ReadNested(model, context),
        ConfigString name => kind.FindBuiltIn(name.Value, null) is { } schema ? Create(schema, ConfigObject.Empty, context, isNew: true) : Unknown(kind, name.Value, value, context),
        ConfigObject serialised when serialised.Find("class_name") is ConfigString className => ReadSerialised(kind, className.Value, serialised, context),
        ConfigNumber number when kind.Type == typeof(LearningRateSchedule) => new ConstantLearningRate(number.ToDouble()),
        _ => throw context.Unexpected(value, $"an object of {kind.Module}"),
    };

    /// <summary>Reads the properties of a class from a config.</summary>
    public static KerasObject Create(ObjectSchema schema, ConfigObject config, ReadContext context, bool isNew = false)
    {
        var values = new Dictionary<string, object?>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in schema.Properties)
        {
            ReadOnlySpan<string> keys = [property.KeyIn(context.Dialect), property.Key, property.Keras2Key, .. property.Aliases];
            foreach (var key in keys)
            {
                if (known.Add(key) && !values.ContainsKey(property.Name) && config.Find(key) is { } value)
                {
                    values.Add(property.Name, ValueReader.Read(property, value, context));
                }
            }

            if (!values.ContainsKey(property.Name) && !property.IsRequired && !isNew)
            {
                values.Add(property.Name, property.AbsentValue);
            }
        }

        if (schema.Properties.FirstOrDefault(property => property.IsRequired && !values.ContainsKey(property.Name)) is { } missing)
        {
            throw context.Corrupt($"The {schema.ClassName} at '{context.Location}' has no '{missing.KeyIn(context.Dialect)}'.");
        }

        var created = schema.Create(values);
        var unknown = config.Where(member => !known.Contains(member.Key)).ToImmutableSortedDictionary(member => member.Key, member => member.Value.ToJson(), StringComparer.Ordinal);
        if (unknown.Count == 0)
        {
            return created;
        }

        foreach (var (key, text) in unknown)
        {
            if (created is Layer && text is not ("null" or "false") && !ExpectedKeys.Contains(key))
            {
                context.Warn(ErrorCode.UnsupportedOption, $"The option '{key}' of {schema.ClassName} is not known: it is kept, but has no effect here.");
            }
        }

        return created with { UnknownMembers = unknown };
    }

    private static KerasObject ReadSerialised(ObjectKind kind, string className, ConfigObject serialised, ReadContext context)
    {
        if (kind.FindBuiltIn(className, serialised.Find("module") is ConfigString module ? module.Value : null) is not { } schema)
        {
            return Unknown(kind, className, serialised, context);
        }

        return serialised.Find("config") switch
        {
            ConfigObject config => Create(schema, config, context),
            null or ConfigNull => Create(schema, ConfigObject.Empty, context),
            var other => throw context.At("config").Unexpected(other, "an object"),
        };
    }

    private static KerasObject Unknown(ObjectKind kind, string className, ConfigValue value, ReadContext context)
    {
        if (kind.Unknown is not { } make)
        {
            throw new ModelToolsException(ErrorCode.UnknownName, $"'{className}' is not one of {kind.Module}.") { Location = context.Location };
        }

        var unknown = make(className, value.ToJson());
        return unknown is UnknownLayer layer && value is ConfigObject serialised ? LayerReader.WithCommon(layer, serialised, context) : unknown;
    }
}
