namespace ModelTools.Models;

/// <summary>The calls of a model by layer, found at once however many there are.</summary>
internal sealed class CallIndex
{
    private readonly Dictionary<ModelLayer, LayerCallNode[]> _byLayer = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<LayerCallNode, int> _places = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<LayerCallNode, int> _inputs = new(ReferenceEqualityComparer.Instance);

    /// <summary>Looks at all calls of a model.</summary>
    public CallIndex(Model model)
    {
        var own = model.Nodes.ToHashSet(ReferenceEqualityComparer.Instance);
        for (var place = 0; place < model.Inputs.Count; place++)
        {
            _inputs.TryAdd(model.Inputs[place].Call, place);
        }

        foreach (var node in model.Nodes)
        {
            if (_byLayer.ContainsKey(node.Layer))
            {
                continue;
            }

            LayerCallNode[] calls = [.. node.Layer.Calls.Where(own.Contains)];
            _byLayer.Add(node.Layer, calls);
            for (var place = 0; place < calls.Length; place++)
            {
                _places[calls[place]] = place;
            }
        }
    }

    /// <summary>The calls of a layer in order: Keras's node indices.</summary>
    public IReadOnlyList<LayerCallNode> Of(ModelLayer layer) => _byLayer.GetValueOrDefault(layer, []);

    /// <summary>The place of a call among those of its layer; 0 for one that is not the model's.</summary>
    public int PlaceOf(LayerCallNode call) => _places.GetValueOrDefault(call);

    /// <summary>The place among the model's inputs of the one that a call makes, or null.</summary>
    public int? InputPlaceOf(LayerCallNode call) => _inputs.TryGetValue(call, out var place) ? place : null;
}
