using System.Text;
using ModelTools.Layers;
using ModelTools.Tensors;

namespace ModelTools.Formats.SavedModel.Graph;

/// <summary>A function under construction.</summary>
internal sealed class FunctionBuilder
{
    private readonly Action<GraphFunction> _finished;
    private readonly List<FunctionArgument> _arguments = [];
    private readonly HashSet<string> _argumentNames = [];
    private readonly List<GraphNode> _nodes = [];
    private readonly Dictionary<string, int> _names = [];
    private readonly List<Variable> _captures = [];
    private readonly Dictionary<Variable, GraphTensor> _reads = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> _assignments = [];

    internal FunctionBuilder(FunctionLibrary library, string name, Action<GraphFunction> finished)
    {
        Library = library;
        Name = name;
        _finished = finished;
    }

    /// <summary>Where functions that this one needs are put.</summary>
    public FunctionLibrary Library { get; }

    /// <summary>The function's name.</summary>
    public string Name { get; }

    /// <summary>Nodes that assign variables, in order.</summary>
    public IReadOnlyList<string> Assignments => _assignments;

    /// <summary>The variables that the body uses, in order of first use.</summary>
    public IReadOnlyList<Variable> Captures => _captures;

    /// <summary>Adds a tensor argument.</summary>
    public GraphTensor Argument(string name, TensorSpec spec)
    {
        var argument = new FunctionArgument(ArgumentName(name), spec with { Name = null }, null);
        _arguments.Add(argument);
        return new GraphTensor(argument.Name, argument.Spec);
    }

    /// <summary>Adds a node with one output.</summary>
    /// <param name="op">The operation.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="spec">Type and static shape of the output.</param>
    /// <param name="attributes">Attributes; those with default values may be left out.</param>
    public GraphTensor Add(string op, IReadOnlyList<GraphTensor> inputs, TensorSpec spec, params IReadOnlyList<(string Key, AttributeValue Value)> attributes) =>
        AddMany(op, inputs, [spec], attributes)[0];

    /// <summary>Adds a node whose first output name has several tensors.</summary>
    public IReadOnlyList<GraphTensor> AddMany(string op, IReadOnlyList<GraphTensor> inputs, IReadOnlyList<TensorSpec> specs, params IReadOnlyList<(string Key, AttributeValue Value)> attributes)
    {
        var name = AddNode(op, [.. inputs.Select(input => input.Reference)], attributes);
        return [.. specs.Select((spec, index) => new GraphTensor($"{name}:{OutputNames.Of(op)}:{index}", spec with { Name = null }))];
    }

    /// <summary>Adds a node and returns its name.</summary>
    public string AddNode(string op, IReadOnlyList<string> inputs, IReadOnlyList<(string Key, AttributeValue Value)> attributes)
    {
        var count = _names[op] = _names.GetValueOrDefault(op, -1) + 1;
        var name = count == 0 ? op : $"{op}_{count}";
        _nodes.Add(new GraphNode(name, op, inputs, attributes.ToDictionary(attribute => attribute.Key, attribute => attribute.Value)));
        return name;
    }

    /// <summary>The handle of a variable: a trailing argument.</summary>
    public string Handle(Variable variable)
    {
        var index = _captures.FindIndex(known => ReferenceEquals(known, variable));
        if (index < 0)
        {
            index = _captures.Count;
            _captures.Add(variable);
        }

        return $"v{index}";
    }

    /// <summary>The value of a variable; read once.</summary>
    public GraphTensor Read(Variable variable)
    {
        if (!_reads.TryGetValue(variable, out var value))
        {
            var name = AddNode("ReadVariableOp", [Handle(variable)], [("dtype", AttributeValue.Type(variable.DType))]);
            value = _reads[variable] = new GraphTensor($"{name}:value:0", new TensorSpec(variable.DType, variable.Shape));
        }

        return value;
    }

    /// <summary>Assigns a variable when the function runs.</summary>
    public void Assign(Variable variable, GraphTensor value) =>
        _assignments.Add(AddNode("AssignVariableOp", [Handle(variable), value.Reference], [("dtype", AttributeValue.Type(variable.DType))]));

    /// <summary>Ends the function.</summary>
    /// <param name="outputs">Names and tensors, in the function's order.</param>
    /// <param name="controlOutputs">Nodes that must run.</param>
    /// <param name="isStateful">True unless it is free of variables and randomness.</param>
    public GraphFunction Finish(IReadOnlyList<(string Name, GraphTensor Tensor)> outputs, IReadOnlyList<string> controlOutputs, bool isStateful = true)
    {
        var taken = new HashSet<string>();
        var named = outputs.Select(output => (UniqueIn(taken, CleanName(output.Name)), output.Tensor)).ToList();
        List<FunctionArgument> arguments = [.. _arguments, .. _captures.Select((variable, index) => new FunctionArgument($"v{index}", new TensorSpec(variable.DType, variable.Shape), variable))];
        var function = new GraphFunction(Name, arguments, named, _nodes, controlOutputs, isStateful);
        _finished(function);
        return function;
    }

    private static string CleanName(string name)
    {
        var clean = new StringBuilder(name.Length);
        foreach (var c in name.ToLowerInvariant())
        {
            clean.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        }

        return clean.Length > 0 && char.IsAsciiLetter(clean[0]) ? clean.ToString() : $"a{clean}";
    }

    private static string UniqueIn(HashSet<string> taken, string name)
    {
        while (!taken.Add(name))
        {
            name += "_";
        }

        return name;
    }

    // A tensor argument must not be called v0, v1 … like the handles that follow.
    private string ArgumentName(string name)
    {
        var clean = CleanName(name);
        return UniqueIn(_argumentNames, clean is ['v', .. var digits] && digits.All(char.IsAsciiDigit) ? $"{clean}_" : clean);
    }
}
