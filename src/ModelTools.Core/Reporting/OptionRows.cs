using ModelTools.Configuration;
using ModelTools.Configuration.Json;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Objects;
using ModelTools.Training;

namespace ModelTools.Reporting;

/// <summary>The options of Keras objects as rows of a table; layers inside of layers are opened up.</summary>
internal static class OptionRows
{
    /// <summary>The rows of an object.</summary>
    public static IReadOnlyList<OptionData> Of(KerasObject value, KerasDialect dialect, int depth = 0) => value switch
    {
        NestedModel => [],
        UnknownLayer unknown => OfUnknown(unknown),
        _ => [.. Properties(value, dialect).SelectMany(property => Rows(value, property, dialect, depth)), .. value.UnknownMembers.Select(member => new OptionData(member.Key, member.Value, true, depth))],
    };

    /// <summary>A value as short text: <c>GlorotUniform(seed=1)</c> rather than Keras's JSON.</summary>
    public static string Text(object? value, KerasDialect dialect) => value switch
    {
        string text => text,
        ConstantLearningRate rate => Text(rate.Value, dialect),
        KerasObject inner => ObjectText.Of(inner, property => property.KeyIn(dialect), option => Text(option, dialect)),
        ActivationFunction activation => activation is LayerActivation layer ? Text(layer.Layer, dialect) : activation.Name,
        Enum or DTypePolicy => Json(value, dialect).Trim('"'),
        _ => Json(value, dialect),
    };

    private static string Json(object? value, KerasDialect dialect) => ValueWriter.Write(value, new WriteContext(dialect, dialect)).ToJson();

    private static IEnumerable<ConfigProperty> Properties(KerasObject value, KerasDialect dialect) =>
        ObjectSchema.For(value.GetType()).Properties.Where(property => dialect is KerasDialect.Keras2 ? property.WriteKeras2 : property.WriteKeras3);

    private static IEnumerable<OptionData> Rows(KerasObject owner, ConfigProperty property, KerasDialect dialect, int depth)
    {
        var value = property.Get(owner);
        var key = property.KeyIn(dialect);
        var isSet = property.IsSetOn(owner) && property.Name != nameof(Layer.Name);
        if (property.OnlyIfSet && !isSet)
        {
            return [];
        }

        return value switch
        {
            Layer layer => Opened(key, layer, isSet),
            IEnumerable<KerasObject> list when list.Any() && list.All(item => item is Layer) => list.SelectMany((item, index) => Opened($"{key}[{index}]", item, isSet)),
            _ => [new OptionData(key, Text(value, dialect), isSet, depth)],
        };

        IEnumerable<OptionData> Opened(string name, KerasObject inner, bool set) =>
            Of(inner, dialect, depth + 1).Prepend(new OptionData(name, inner.ClassName, set, depth));
    }

    private static OptionData[] OfUnknown(UnknownLayer layer)
    {
        var config = (ConfigValue.Parse(layer.Json) as ConfigObject)?.Find("config");
        return config is ConfigObject members ? [.. members.Select(member => new OptionData(member.Key, member.Value is ConfigString text ? text.Value : member.Value.ToJson(), false, 0))] : [];
    }
}
