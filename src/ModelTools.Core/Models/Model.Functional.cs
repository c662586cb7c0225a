using System.Collections.Immutable;
using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Tensors;

namespace ModelTools.Models;

/// <content>Graphs of layer calls.</content>
public sealed partial class Model
{
    /// <summary>Makes an input tensor. Keras: <c>keras.Input</c>.</summary>
    /// <param name="batchShape">Shape with the batch axis.</param>
    /// <param name="dtype">Element type.</param>
    /// <param name="name">The input's name, or empty for Keras's.</param>
    public static SymbolicTensor Input(Shape batchShape, DType dtype = DType.Float32, string name = "") =>
        new ModelLayer(new InputLayer(batchShape) { Name = name, DType = new DTypePolicy(dtype.Name()) }).Apply([])[0];

    /// <summary>Makes a model of everything between inputs and outputs. Keras: <c>keras.Model(inputs, outputs)</c>.</summary>
    /// <param name="inputs">Tensors of <see cref="Input"/>.</param>
    /// <param name="outputs">Tensors that depend on them only.</param>
    /// <param name="name">The model's name.</param>
    /// <exception cref="ModelToolsException">MT1011: an output depends on something else; MT3007: a name is used twice.</exception>
    public static Model Functional(IReadOnlyList<SymbolicTensor> inputs, IReadOnlyList<SymbolicTensor> outputs, string name = "model")
    {
        var graph = LayerGraph.Between(inputs, outputs);
        return Functional(graph.Layers, graph.Nodes, inputs, outputs, name);
    }

    /// <summary>Makes a model whose layers' order and calls are known (from a file).</summary>
    internal static Model Functional(
        IReadOnlyList<ModelLayer> layers,
        IReadOnlyList<LayerCallNode> nodes,
        IReadOnlyList<SymbolicTensor> inputs,
        IReadOnlyList<SymbolicTensor> outputs,
        string name,
        string? className = null,
        ImmutableSortedDictionary<string, string>? unknownMembers = null)
    {
        var model = new Model(ModelKind.Functional, name)
        {
            ClassName = className ?? nameof(Functional),
            UnknownMembers = unknownMembers ?? ImmutableSortedDictionary<string, string>.Empty,
            Inputs = inputs,
            Outputs = outputs,
            Nodes = nodes,
            InputStructure = TensorStructure.Of(inputs.Count),
            OutputStructure = TensorStructure.Of(outputs.Count),
        };
        model._layers.AddRange(layers);
        model.NameLayers();
        return model;
    }

    /// <summary>Makes a model whose graph is not known: a class of the user's own, or one that cannot be rebuilt.</summary>
    internal static Model Subclassed(string className, IEnumerable<ModelLayer> layers, string name, ImmutableSortedDictionary<string, string>? unknownMembers = null)
    {
        var model = new Model(ModelKind.Subclassed, name) { ClassName = className, UnknownMembers = unknownMembers ?? ImmutableSortedDictionary<string, string>.Empty };
        model._layers.AddRange(layers);
        model.Paths = LayerNames.MeasurePaths(name, model._layers);
        return model;
    }
}
