using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Reporting;

/// <summary>A model's layers and calls.</summary>
internal sealed record GraphData(string Name, string ClassName, string Kind, IReadOnlyList<LayerData> Layers, IReadOnlyList<CallData> Calls, IReadOnlyList<int> Outputs);

/// <summary>A layer: what its card and the panel show.</summary>
/// <param name="Name">Name.</param>
/// <param name="ClassName">Keras's class.</param>
/// <param name="Family">Family.</param>
/// <param name="Type">The types in which it computes.</param>
/// <param name="ParameterCount">Numbers in its weights.</param>
/// <param name="Trainable">False for a frozen one.</param>
/// <param name="Note">Why it cannot be run, or null.</param>
/// <param name="Options">Its configuration.</param>
/// <param name="Weights">Places in the page's weights.</param>
/// <param name="Nested">Place of the model inside, or null.</param>
internal sealed record LayerData(
    string Name, string ClassName, LayerFamily Family, string Type, long ParameterCount, bool Trainable, string? Note,
    IReadOnlyList<OptionData> Options, IReadOnlyList<int> Weights, int? Nested);

/// <summary>One call of a layer.</summary>
/// <param name="Layer">Place of the layer.</param>
/// <param name="Inputs">Places of the calls that give its inputs.</param>
/// <param name="Keywords">Names of the inputs that are passed by name.</param>
/// <param name="Shapes">What it gives.</param>
/// <param name="Arguments">Other arguments, as <c>training=false</c>.</param>
internal sealed record CallData(int Layer, IReadOnlyList<int> Inputs, IReadOnlyList<string?> Keywords, IReadOnlyList<string> Shapes, IReadOnlyList<string> Arguments);

/// <summary>Describes a model and the models inside it, each once.</summary>
internal sealed class GraphCollector(WeightCollector weights)
{
    private readonly List<GraphData?> _graphs = [];
    private readonly Dictionary<Model, int> _places = new(ReferenceEqualityComparer.Instance);

    /// <summary>The models in the order in which they were met.</summary>
    public IReadOnlyList<GraphData> Graphs => [.. _graphs.Select(graph => graph!)];

    /// <summary>Adds a model, and returns its place.</summary>
    public int Add(Model model)
    {
        if (_places.TryGetValue(model, out var known))
        {
            return known;
        }

        var place = _places[model] = _graphs.Count;
        _graphs.Add(null);
        var layers = model.AllLayers.Concat(model.Nodes.Select(node => node.Layer)).Distinct<ModelLayer>(ReferenceEqualityComparer.Instance).ToArray();
        var layerPlaces = PlacesOf(layers);
        var callPlaces = PlacesOf(model.Nodes);
        _graphs[place] = new GraphData(
            model.Name,
            model.ClassName,
            model.Kind.ToString(),
            [.. layers.Select(layer => Describe(model, layer))],
            model.Nodes.Count > 0 ? [.. model.Nodes.Select(node => Describe(node, layerPlaces, callPlaces))] : Uncalled(model, layers),
            [.. model.Outputs.Select(output => callPlaces.GetValueOrDefault(output.Call, -1)).Where(call => call >= 0)]);
        return place;
    }

    private static Dictionary<T, int> PlacesOf<T>(IReadOnlyList<T> items)
        where T : class
    {
        var places = new Dictionary<T, int>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < items.Count; i++)
        {
            places[items[i]] = i;
        }

        return places;
    }

    private static CallData Describe(LayerCallNode node, Dictionary<ModelLayer, int> layers, Dictionary<LayerCallNode, int> calls)
    {
        var known = node.Inputs.Select((input, index) => (Call: calls.GetValueOrDefault(input.Call, -1), Keyword: node.Keywords[index])).Where(input => input.Call >= 0).ToArray();
        return new CallData(
            layers[node.Layer],
            [.. known.Select(input => input.Call)],
            [.. known.Select(input => input.Keyword)],
            [.. node.Outputs.Select(output => output.IsOpaque ? "?" : output.Shape.ToString())],
            [.. node.Arguments.Select(argument => $"{argument.Key}={argument.Value}")]);
    }

    /// <summary>The layers of a model whose graph is not known: a chain where it must be one, else side by side.</summary>
    private static CallData[] Uncalled(Model model, ModelLayer[] layers) =>
        [.. layers.Select((_, index) => new CallData(index, model.Kind is ModelKind.Sequential && index > 0 ? [index - 1] : [], [null], ["?"], []))];

    private LayerData Describe(Model model, ModelLayer layer) => new(
        layer.Name,
        layer.ClassName,
        LayerFamilies.Of(layer.Layer),
        layer.Layer.DType.Name,
        layer.ParameterCount,
        layer.Trainable,
        NoteOn(layer),
        OptionRows.Of(layer.Layer, model.Dialect),
        weights.PlacesOf(layer),
        layer.NestedModel is { } nested ? Add(nested) : null);

    private static string? NoteOn(ModelLayer layer) => layer.Layer switch
    {
        UnknownLayer { CarriesCode: true } => "It carries code of the model's author, which is never run here.",
        UnknownLayer => "Its class is not known here: it is kept and written back, but cannot be run.",
        _ => layer.IsOpaque ? "It, or a layer before it, cannot be run here." : null,
    };
}
