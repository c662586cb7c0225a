using ModelTools.Layers;
using ModelTools.Models;

namespace ModelTools.Formats.Checkpoint;

/// <summary>The objects of a model as tf.keras hangs them together, from which both the writer and the reader work.</summary>
/// <remarks>
/// A model leads to each layer under <c>layer_with_weights-J</c>, if it has weights, and under <c>layer-I</c>; a layer to its weights and
/// parts under Keras's attribute names.
/// </remarks>
internal sealed class ModelObjects
{
    /// <summary>Keras counts these among the layers with weights when they were adapted; without the other name nothing is counted wrong.</summary>
    private static readonly HashSet<string> HiddenCounters = new(StringComparer.Ordinal) { "IntegerLookup", "StringLookup", "TextVectorization" };

    private readonly Dictionary<Variable, TrackableObject> _variables = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<WeightScope, TrackableObject> _scopes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Model, TrackableObject> _models = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<TrackableObject, Model> _modelsByObject = [];

    private ModelObjects(Model model)
    {
        Root = Of(model);
    }

    /// <summary>The model.</summary>
    public TrackableObject Root { get; }

    /// <summary>The objects of a model whose layers are built.</summary>
    public static ModelObjects For(Model model) => new(model);

    /// <summary>The model that an object stands for, or null.</summary>
    public Model? ModelOf(TrackableObject item) => _modelsByObject.GetValueOrDefault(item);

    /// <summary>The object of a weight.</summary>
    public TrackableObject Of(Variable variable)
    {
        if (!_variables.TryGetValue(variable, out var item))
        {
            _variables[variable] = item = TrackableObject.Variable(variable);
        }

        return item;
    }

    /// <summary>The object of a layer of a model.</summary>
    public TrackableObject Of(ModelLayer layer)
    {
        if (layer.NestedModel is { } model)
        {
            return Of(model);
        }

        return layer.Weights is { } weights ? Of(weights) : new TrackableObject();
    }

    /// <summary>The object of the model or of one inside it.</summary>
    public TrackableObject Of(Model model)
    {
        if (_models.TryGetValue(model, out var known))
        {
            return known;
        }

        var item = _models[model] = new TrackableObject($"the model '{model.Name}'");
        _modelsByObject[item] = model;
        var layers = model.Layers;
        var isNumbered = !layers.Any(layer => HiddenCounters.Contains(layer.ClassName));
        var withWeights = 0;
        for (var i = 0; i < layers.Count; i++)
        {
            var layer = layers[i];
            var child = Of(layer);
            if (isNumbered && layer.Variables.Any())
            {
                item.Add($"layer_with_weights-{withWeights++}", child);
            }

            item.Add($"layer-{i}", child);
        }

        foreach (var variable in model.TopLevelVariables)
        {
            item.Add(variable.Name, Of(variable));
        }

        return item;
    }

    private TrackableObject Of(WeightScope scope)
    {
        if (_scopes.TryGetValue(scope, out var known))
        {
            return known;
        }

        if (scope.Owner is NestedModel nested)
        {
            return _scopes[scope] = Of(nested.Model);
        }

        var item = _scopes[scope] = new TrackableObject($"the layer '{scope.Owner.Name}' ({scope.Owner.ClassName})");
        foreach (var variable in scope.Variables)
        {
            item.Add(variable.Name, Of(variable));
            item.AddAlias("_" + variable.Name, Of(variable));
        }

        foreach (var part in scope.Children)
        {
            item.Add(part.Edge, Of(part));
        }

        return item;
    }
}
