using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;
using ModelTools.Training;

namespace ModelTools.Models;

/// <summary>A model: layers, the graph of their calls, weights, and how it is trained. Keras: <c>keras.Model</c>.</summary>
/// <remarks>Made by <see cref="Sequential(IEnumerable{Layer}, string)"/>, <see cref="Functional(IReadOnlyList{SymbolicTensor}, IReadOnlyList{SymbolicTensor}, string)"/> or a format's reader.</remarks>
public sealed partial class Model
{
    private readonly List<ModelLayer> _layers = [];

    private Model(ModelKind kind, string name)
    {
        Kind = kind;
        Name = name;
    }

    /// <summary>Name.</summary>
    public string Name { get; set; }

    /// <summary>Sequential, functional or of a class of its own.</summary>
    public ModelKind Kind { get; }

    /// <summary>Keras's class name: <c>Sequential</c>, <c>Functional</c>, or the user's class.</summary>
    public string ClassName { get => field ?? Kind.ToString(); init; }

    /// <summary>Every layer, input layers included.</summary>
    public IReadOnlyList<ModelLayer> AllLayers => _layers;

    /// <summary>The layers as Keras counts them (<c>model.layers</c>): a sequential model's input layer is not one of them.</summary>
    public IReadOnlyList<ModelLayer> Layers => Kind is ModelKind.Sequential ? _layers.Where(layer => layer.Layer is not InputLayer).ToArray() : _layers;

    /// <summary>Every layer, and after each model among them the layers inside it.</summary>
    public IEnumerable<ModelLayer> DeepLayers => _layers.SelectMany(layer => layer.NestedModel is { } inner ? inner.DeepLayers.Prepend(layer) : [layer]);

    // Lists are arrays here and elsewhere in what users see: PowerShell cannot index the compiler's own lists.
    /// <summary>The inputs; none until the model knows its input shape.</summary>
    public IReadOnlyList<SymbolicTensor> Inputs
    {
        get;
        private set
        {
            field = value.ToArray();
            CallIndex = null;
        }
    } = [];

    /// <summary>The outputs; none until the model knows its input shape.</summary>
    public IReadOnlyList<SymbolicTensor> Outputs { get; private set => field = value.ToArray(); } = [];

    /// <summary>How inputs are given.</summary>
    public TensorStructure InputStructure { get; set; } = TensorStructure.Single;

    /// <summary>How outputs are given.</summary>
    public TensorStructure OutputStructure { get; set; } = TensorStructure.Single;

    /// <summary>The calls that lead from the inputs to the outputs, in an order in which they can be run.</summary>
    public IReadOnlyList<LayerCallNode> Nodes
    {
        get;
        private set
        {
            field = value.ToArray();
            CallsPerRun = CallBudget.CallsOf(field);
            CallIndex = null;
        }
    } = [];

    /// <summary>How many calls of layers one run is, in models among the layers as well.</summary>
    internal long CallsPerRun { get; private set; }

    /// <summary>How many layers there are, in models among them as well, and how long the paths of names to them are.</summary>
    internal (long Layers, long Characters) Paths { get; private set; }

    /// <summary>The calls by layer.</summary>
    [AllowNull]
    internal CallIndex CallIndex
    {
        get => field ??= new CallIndex(this);
        private set;
    }

    /// <summary>True once all layers have their weights and the graph is known.</summary>
    public bool IsBuilt => Outputs.Count > 0;

    /// <summary>Optimizer, losses and metrics; null for a model that is not compiled.</summary>
    public TrainingConfiguration? Training { get; set; }

    /// <summary>Where the optimizer stands; null for a fresh one.</summary>
    public OptimizerState? OptimizerState { get; set; }

    /// <summary>The generation whose rules the model follows where the generations differ.</summary>
    public KerasDialect Dialect { get; set; } = KerasDialect.Keras2;

    /// <summary>Members of the model's config that are not known here: key and JSON text.</summary>
    public ImmutableSortedDictionary<string, string> UnknownMembers { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Weights that belong to the model itself rather than to a layer (Keras: <c>top_level_model_weights</c>).</summary>
    public IList<Variable> TopLevelVariables { get; } = [];

    /// <summary>All weights, layer by layer.</summary>
    public IEnumerable<Variable> Variables => DistinctOf(_layers.SelectMany(layer => layer.Variables)).Concat(TopLevelVariables);

    /// <summary>The weights that training changes, in Keras's order.</summary>
    public IEnumerable<Variable> TrainableVariables => DistinctOf(_layers.SelectMany(layer => layer.Weights?.TrainableVariables ?? []));

    /// <summary>The weights that training does not change by gradients.</summary>
    public IEnumerable<Variable> NonTrainableVariables => DistinctOf(_layers.SelectMany(layer => layer.Weights?.NonTrainableVariables ?? []));

    /// <summary>Number of numbers in all weights.</summary>
    public long ParameterCount => Variables.Sum(variable => variable.Shape.ElementCount);

    /// <summary>What the model takes: names, types and shapes.</summary>
    public IReadOnlyList<TensorSpec> InputSpecs => Inputs.Select(input => input.Spec with { Name = input.Layer.Name }).ToArray();

    /// <summary>What the model gives: the names of the output layers (<c>name_1</c> for one that is used twice), types and shapes.</summary>
    public IReadOnlyList<TensorSpec> OutputSpecs
    {
        get
        {
            var used = new Dictionary<string, int>();
            return Outputs.Select(output =>
            {
                var name = output.Layer.Name;
                var count = used[name] = used.GetValueOrDefault(name) + 1;
                return output.Spec with { Name = count == 1 ? name : $"{name}_{count - 1}" };
            }).ToArray();
        }
    }

    /// <summary>The layer with this name, or null.</summary>
    public ModelLayer? FindLayer(string name) => _layers.Find(layer => layer.Name == name);

    /// <summary>The calls of a layer that belong to this model's graph, in order: Keras's node indices.</summary>
    public IReadOnlyList<LayerCallNode> NodesOf(ModelLayer layer) => CallIndex.Of(layer);

    /// <summary>Makes values for all weights that have none.</summary>
    /// <param name="seed">For the same numbers each time; null for others each time.</param>
    public void Initialize(int? seed = null)
    {
        var random = seed is { } number ? new Random(number) : Random.Shared;
        foreach (var variable in Variables)
        {
            variable.Initialize(random);
        }
    }

    /// <summary>Gives a model its input shapes, if it does not have them yet.</summary>
    /// <param name="inputs">Shapes with the batch axis.</param>
    /// <exception cref="ModelToolsException">MT3006: the layers cannot be built on such inputs; MT3008: a model without layers.</exception>
    public void Build(params IReadOnlyList<Shape> inputs)
    {
        if (IsBuilt || Kind is not ModelKind.Sequential)
        {
            return;
        }

        BuildChain(inputs[0]);
    }

    /// <inheritdoc/>
    public override string ToString() => PlainText.Line($"{Name} ({ClassName}, {Layers.Count} layers)");

    private static IEnumerable<Variable> DistinctOf(IEnumerable<Variable> variables) =>
        variables.Distinct<Variable>(ReferenceEqualityComparer.Instance);
}
