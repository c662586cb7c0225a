using System.Collections.Immutable;
using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Models;

/// <summary>A layer as part of a model: its configuration, its weights once it is built, and its calls.</summary>
public sealed class ModelLayer
{
    private readonly List<LayerCallNode> _calls = [];

    /// <summary>Makes a layer that is not built yet.</summary>
    /// <exception cref="ModelToolsException">MT3007: an option is not valid.</exception>
    public ModelLayer(Layer layer)
    {
        layer.Validate();
        Layer = layer;
    }

    /// <summary>The configuration.</summary>
    public Layer Layer { get; private set; }

    /// <summary>Name; empty until a model or the user gives one.</summary>
    public string Name => Layer.Name;

    /// <summary>Keras's class name.</summary>
    public string ClassName => Layer.ClassName;

    /// <summary>The weights; null until the layer is built.</summary>
    public WeightScope? Weights { get; private set; }

    /// <summary>True once the weights are declared.</summary>
    public bool IsBuilt => Weights is not null;

    /// <summary>Shapes of the inputs on which it was built.</summary>
    public IReadOnlyList<Shape> BuildShapes { get; private set => field = value.ToArray(); } = [];

    /// <summary>True if the layer, or one before it, cannot be run: its weights are those that a file holds (<see cref="AdoptWeights"/>).</summary>
    public bool IsOpaque { get; private set; }

    /// <summary>True for a layer of a file: a model can be looked at and converted though it cannot be run.</summary>
    internal bool IsTolerant { get; init; }

    /// <summary>Shapes of the inputs that a file names; used where they do not follow from the layers before.</summary>
    internal IReadOnlyList<Shape>? ExpectedInputs { get; init; }

    /// <summary>The calls, in order.</summary>
    public IReadOnlyList<LayerCallNode> Calls => _calls;

    /// <summary>The model inside, if this layer is one.</summary>
    public Model? NestedModel => (Layer as NestedModel)?.Model;

    /// <summary>All weights in order of creation; none until the layer is built.</summary>
    public IEnumerable<Variable> Variables => Weights?.All ?? [];

    /// <summary>Number of trainable and other numbers in the weights.</summary>
    public long ParameterCount => Variables.Sum(variable => variable.Shape.ElementCount);

    /// <summary>Whether training changes the weights; setting it freezes or thaws everything inside.</summary>
    public bool Trainable
    {
        get => Layer.Trainable;
        set
        {
            Layer = Layer with { Trainable = value };
            if (NestedModel is { } model)
            {
                foreach (var inner in model.AllLayers)
                {
                    inner.Trainable = value;
                }
            }

            if (Weights is not null)
            {
                Weights.Owner = Layer;
                Weights.Trainable = value;
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => PlainText.Line($"{Name} ({ClassName})");

    /// <summary>Declares the weights, once.</summary>
    /// <param name="inputs">Shapes of the inputs, batch first.</param>
    /// <exception cref="ModelToolsException">MT3006: the layer cannot be built on such inputs.</exception>
    public void Build(IReadOnlyList<Shape> inputs)
    {
        if (IsBuilt)
        {
            return;
        }

        var builder = new WeightBuilder(Layer, Name, Name);
        Layer.Build(inputs, builder);
        BuildShapes = inputs;
        Weights = builder.Scope;
    }

    /// <summary>Calls the layer on tensors of a model under construction.</summary>
    /// <param name="inputs">The tensors.</param>
    /// <param name="keywords">Names of those that are passed by name, in parallel; null for none.</param>
    /// <param name="arguments">Other arguments, as JSON texts.</param>
    /// <returns>The outputs.</returns>
    /// <exception cref="ModelToolsException">MT3006: the tensors do not fit the layer.</exception>
    public IReadOnlyList<SymbolicTensor> Apply(IReadOnlyList<SymbolicTensor> inputs, IReadOnlyList<string?>? keywords = null, ImmutableSortedDictionary<string, string>? arguments = null)
    {
        var node = new LayerCallNode(this, inputs, keywords ?? new string?[inputs.Count], arguments ?? ImmutableSortedDictionary<string, string>.Empty);
        if (Layer is UnknownLayer || inputs.Any(input => input.IsOpaque))
        {
            inputs = Layer is not UnknownLayer && ExpectedInputs?.Count == inputs.Count
                ? [.. inputs.Select((input, index) => input with { Spec = input.Spec with { Shape = ExpectedInputs[index] } })]
                : [];
        }

        var isInferred = (inputs.Count > 0 && !(IsTolerant && node.HasConstants)) || Layer is InputLayer;
        node.Outputs = isInferred ? Infer(node, inputs) : Opaque(node);
        _calls.Add(node);
        return node.Outputs;
    }

    /// <summary>Gives a layer that cannot be run the weights that a file holds for it.</summary>
    /// <param name="variables">The weights, in the file's order.</param>
    internal void AdoptWeights(IEnumerable<Variable> variables)
    {
        foreach (var variable in variables)
        {
            Weights!.Add(variable);
        }
    }

    private IReadOnlyList<SymbolicTensor> Infer(LayerCallNode node, IReadOnlyList<SymbolicTensor> inputs)
    {
        try
        {
            var outputs = InferShapes(node, inputs);
            return outputs.FirstOrDefault(output => !output.IsOpaque && output.Shape.IsBeyondMemory) is { } endless ? throw BeyondMemory($"{endless.Shape}", null) : outputs;
        }
        catch (OverflowException error)
        {
            throw BeyondMemory($"of inputs {string.Join(", ", inputs.Select(input => input.Shape))}", error);
        }
    }

    private ModelToolsException BeyondMemory(string shape, OverflowException? cause) =>
        new(ErrorCode.SizeLimit, $"The layer {Name} ({ClassName}) would give a tensor {(cause is null ? "of shape " : "")}{shape}, which no machine can hold.", cause) { Location = Name };

    private IReadOnlyList<SymbolicTensor> InferShapes(LayerCallNode node, IReadOnlyList<SymbolicTensor> inputs)
    {
        if (node.Keywords.Count > 0 && node.Keywords.All(keyword => keyword is not null))
        {
            throw new ModelToolsException(ErrorCode.InputMismatch, $"The layer {Name} ({ClassName}) is called with named tensors only; the first is given by its place.") { Location = Name };
        }

        Build([.. Shapes(null), .. Layer.BuildArguments.SelectMany(Shapes)]);
        var op = ShapeOperators.Instance;
        var given = Layer is InputLayer input
            ? [new Masked<TensorSpec>(input.Spec)]
            : inputs.Select(tensor => new Masked<TensorSpec>(tensor.Spec with { Name = null }, tensor.HasMask ? MaskOf(tensor.Shape) : null)).ToArray();
        try
        {
            var outputs = ModelRunner.Call(node, op, given, new LayerWeights<TensorSpec>(op, ShapeAccess.Instance, Weights!), new CallContext<TensorSpec>());
            return [.. outputs.Select((output, index) => new SymbolicTensor(node, index, output.Value) { HasMask = output.Mask is not null })];
        }
        catch (ModelToolsException error) when (IsTolerant && (error.Code == ErrorCode.UnsupportedLayer || error.Code == ErrorCode.UnsupportedOption || error.Code == ErrorCode.ExecutableContent))
        {
            return Opaque(node);
        }

        IEnumerable<Shape> Shapes(string? keyword) => inputs.Where((_, index) => node.Keywords[index] == keyword).Select(input => input.Shape);
    }

    private SymbolicTensor[] Opaque(LayerCallNode node)
    {
        if (Weights is null)
        {
            IsOpaque = true;
            Weights = new WeightBuilder(Layer, Name, Name).Scope;
        }

        return [new SymbolicTensor(node, 0, new TensorSpec(DType.Float32, Shape.Scalar)) { IsOpaque = true }];
    }

    /// <summary>Takes the same layer with other names, its own or those of its parts.</summary>
    internal void Rename(Layer named)
    {
        Layer = named;
        if (Weights is null || NestedModel is not null || IsOpaque)
        {
            Weights?.TakeName(named);
            return;
        }

        // The rules of the weights' names are the layer's: it declares them anew, and nothing but the names is taken.
        var declared = new WeightBuilder(named, Name, Name);
        named.Build(BuildShapes, declared);
        Weights.TakeNames(declared.Scope);
    }

    private static TensorSpec MaskOf(Shape shape) => new(DType.Bool, shape.Slice(0, Math.Min(2, shape.Rank)));

    private sealed class ShapeAccess : IVariableAccess<TensorSpec>
    {
        public static ShapeAccess Instance { get; } = new();

        public TensorSpec Read(Variable variable) => new(variable.DType, variable.Shape);

        public void Update(Variable variable, TensorSpec value)
        {
            // Shapes are all there is: a new value changes nothing.
        }

        public void Assign(Variable variable, TensorSpec value) => Update(variable, value);
    }
}
