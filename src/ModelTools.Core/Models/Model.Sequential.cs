using System.Collections.Immutable;
using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Tensors;

namespace ModelTools.Models;

/// <content>Chains of layers.</content>
public sealed partial class Model
{
    /// <summary>Makes a chain of layers. Keras: <c>keras.Sequential</c>.</summary>
    /// <param name="layers">The layers; the first may be an InputLayer or carry an input shape, else the model is built later.</param>
    /// <param name="name">The model's name.</param>
    /// <exception cref="ModelToolsException">MT3007: a layer's option is not valid, or a name is used twice.</exception>
    public static Model Sequential(IEnumerable<Layer> layers, string name = "sequential") => Sequential(layers.Select(layer => new ModelLayer(layer)), name);

    /// <summary>Makes a chain of layers that exist already (shared with another model).</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="name">The model's name.</param>
    /// <exception cref="ModelToolsException">MT3007: a name is used twice.</exception>
    public static Model Sequential(IEnumerable<ModelLayer> layers, string name = "sequential") => Sequential(layers, name, ImmutableSortedDictionary<string, string>.Empty);

    /// <summary>Makes a chain of layers from a file.</summary>
    internal static Model Sequential(IEnumerable<ModelLayer> layers, string name, ImmutableSortedDictionary<string, string> unknownMembers)
    {
        var model = new Model(ModelKind.Sequential, name) { UnknownMembers = unknownMembers };
        model._layers.AddRange(layers);
        model.NameLayers();
        model.TryBuildFromFirstLayer();
        return model;
    }

    /// <summary>Appends a layer to a sequential model.</summary>
    /// <exception cref="ModelToolsException">MT6004: the model is not sequential; MT3006: the layer does not fit the last output.</exception>
    public void Add(Layer layer)
    {
        if (Kind is not ModelKind.Sequential)
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, $"The model {Name} is not sequential: layers are added to it by calling them on its tensors.");
        }

        var added = new ModelLayer(layer);
        _layers.Add(added);
        NameLayers();
        if (IsBuilt)
        {
            Outputs = [added.Apply(Outputs)[0]];
            Nodes = [.. Nodes, added.Calls[^1]];
        }
        else if (_layers.Count == 1)
        {
            TryBuildFromFirstLayer();
        }
    }

    private void TryBuildFromFirstLayer()
    {
        if (_layers is [{ Layer: InputLayer input }, ..])
        {
            BuildChain(input.BatchShape);
        }
        else if (_layers is [{ Layer.BatchInputShape: { } shape }, ..])
        {
            BuildChain(shape);
        }
        else if (_layers is [{ NestedModel: { IsBuilt: true } nested }, ..])
        {
            BuildChain(nested.Inputs[0].Shape);
        }
    }

    private void BuildChain(Shape shape)
    {
        if (_layers.All(layer => layer.Layer is InputLayer))
        {
            if (_layers.Count == 0)
            {
                throw new ModelToolsException(ErrorCode.ModelNotBuilt, $"The model {Name} has no layers.");
            }
        }

        if (_layers[0].Layer is not InputLayer)
        {
            // Keras 2 derives the name from the first layer; its dtype is that of ids for an embedding too: float32.
            _layers.Insert(0, new ModelLayer(new InputLayer(shape.With(0, Shape.Unknown)) { Name = $"{_layers[0].Name}_input", DType = InputPolicy() }));
        }

        CallBudget.Check(Name, _layers.Select(layer => (layer, 1)));
        IReadOnlyList<SymbolicTensor> tensors = _layers[0].Apply([]);
        Inputs = tensors;
        var nodes = new List<LayerCallNode> { _layers[0].Calls[^1] };
        foreach (var layer in _layers.Skip(1))
        {
            tensors = layer.Apply(tensors);
            nodes.Add(layer.Calls[^1]);
        }

        Nodes = nodes;
        Outputs = tensors;
        OutputStructure = TensorStructure.Of(tensors.Count);
    }

    private DTypePolicy InputPolicy() => new(_layers[0].NestedModel is { IsBuilt: true } nested ? nested.Inputs[0].DType.Name() : _layers[0].Layer.DType.ComputeDType.Name());

    private void NameLayers()
    {
        LayerNames.Assign(_layers);
        Paths = LayerNames.MeasurePaths(Name, _layers);
        var twice = _layers.GroupBy(layer => layer.Name).FirstOrDefault(group => group.Distinct().Count() > 1);
        if (twice is not null)
        {
            throw new ModelToolsException(ErrorCode.InvalidLayer, $"The name '{twice.Key}' is given to {twice.Count()} layers of the model {Name}; names must be unique.") { Location = twice.Key };
        }
    }
}
