using ModelTools.Configuration;
using ModelTools.Configuration.Json;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Objects;

namespace ModelTools.Validation;

/// <summary>The options and calls of a layer in one form for all containers and generations.</summary>
/// <remarks>
/// It is made from the records, so that what the two generations spell differently is equal. Options that have their defaults are left out, and so
/// are names, seeds of random numbers, and the shape of the input, which one container says on the layer and another on an input layer.
/// </remarks>
internal static class LayerForm
{
    private static readonly HashSet<string> PassedOver = ["name", "batch_input_shape", "seed", "module", "registered_name", "build_config", "shared_object_id"];

    // Both dialects name the same objects; which one is written does not matter as long as it is always the same.
    private static readonly WriteContext Context = new(KerasDialect.Keras3, KerasDialect.Keras2);

    /// <summary>The options.</summary>
    public static ConfigObject Options(ModelLayer layer) => layer.Layer switch
    {
        NestedModel => layer.Layer.Trainable ? ConfigObject.Empty : [new("trainable", false)],
        UnknownLayer unknown => NormalMembers(ObjectWriter.WriteUnknown(unknown)).Without("class_name"),
        var known => Known(known),
    };

    /// <summary>The calls of a layer inside its model: which tensors it takes, and how.</summary>
    /// <param name="model">The model.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="nameOf">How layers are named.</param>
    public static ConfigArray Calls(Model model, ModelLayer layer, Func<ModelLayer, string> nameOf) => ConfigArray.Create(model.NodesOf(layer).Select(node => (ConfigValue)ConfigObject.Create(
        new("inputs", ConfigArray.Create(node.Inputs.Select((input, place) => Reference(model, input, KeywordOf(node, place), nameOf)).OrderBy(text => text.Contains('=', StringComparison.Ordinal) ? text : "", StringComparer.Ordinal).Select(text => (ConfigValue)text))),
        new("arguments", ConfigObject.Create(node.Arguments.Where(argument => Counts(model, argument.Key, argument.Value)).Select(argument => KeyValuePair.Create(argument.Key, ConfigValue.Parse(argument.Value))))))));

    /// <summary>A value whose objects have their members in the order of their keys, without those that are passed over.</summary>
    public static ConfigValue Normal(ConfigValue value) => value switch
    {
        ConfigObject tuple when tuple.Find("class_name") is ConfigString { Value: "__tuple__" } && tuple.Find("items") is ConfigArray items => Normal(items),
        ConfigObject item => NormalMembers(item),
        ConfigArray items => ConfigArray.Create(items.Select(Normal)),
        _ => value,
    };

    private static ConfigObject NormalMembers(ConfigObject item) => ConfigObject.Create(
        item.Where(member => !PassedOver.Contains(member.Key)).OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Normal(member.Value))));

    private static ConfigObject Known(Layer layer) => NormalMembers(ConfigObject.Create(ObjectSchema.For(layer.GetType()).Properties
        .Select(property => (Property: property, Value: property.Get(layer)))
        .Where(option => !PassedOver.Contains(option.Property.Key) && !Equals(option.Value, option.Property.Default))
        .Select(option => KeyValuePair.Create(option.Property.Key, ValueWriter.Write(option.Value, Context)))));

    // One generation passes the tensors of an attention by place, the other by name.
    private static string? KeywordOf(LayerCallNode node, int place) =>
        node.Keywords[place] ?? (place < 3 && CallWriter.ArgumentNames.TryGetValue(node.Layer.ClassName, out var names) ? names[place] : null);

    // In Keras 3 the mode of the pass wins over this argument, so that it says nothing.
    private static bool Counts(Model model, string argument, string value) => value is not "null" && !(argument == "training" && model.Dialect is KerasDialect.Keras3);

    // Inputs go by their place: their names are the containers' choice where nobody gave one.
    private static string Reference(Model model, SymbolicTensor tensor, string? keyword, Func<ModelLayer, string> nameOf)
    {
        var source = model.CallIndex.InputPlaceOf(tensor.Call) is { } place ? $"input {place}" : $"{nameOf(tensor.Layer)} {model.CallIndex.PlaceOf(tensor.Call)} {tensor.Index}";
        return keyword is null ? source : $"{keyword}={source}";
    }
}
