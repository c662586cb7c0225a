using ModelTools.Layers;
using ModelTools.Tensors;

namespace ModelTools.Formats.Checkpoint;

/// <summary>An object of an object-based checkpoint, to be written or to be found again: a model, a layer, a list, or a variable.</summary>
internal sealed class TrackableObject
{
    private readonly List<(string Name, TrackableObject Child)> _children = [];
    private readonly List<(string Name, TrackableObject Child)> _aliases = [];
    private readonly List<(TrackableObject Variable, string Name, TrackableObject State)> _slots = [];
    private readonly Tensor? _value;

    /// <summary>Makes an object without a value.</summary>
    /// <param name="title">What it is, for messages: <c>the layer 'dense' (Dense)</c>.</param>
    public TrackableObject(string title = "")
    {
        Title = title;
    }

    private TrackableObject(string fullName, Tensor? value, Variable? source)
    {
        Title = $"the weight '{fullName}'";
        FullName = fullName;
        Source = source;
        _value = value;
    }

    /// <summary>What it is, for messages.</summary>
    public string Title { get; }

    /// <summary>Edges to other objects, in order: the first path to an object gives it its key.</summary>
    public IReadOnlyList<(string Name, TrackableObject Child)> Children => _children;

    /// <summary>Other names of edges in files of other programs; never written.</summary>
    public IReadOnlyList<(string Name, TrackableObject Child)> Aliases => _aliases;

    /// <summary>State per variable, for optimizers of the older kind.</summary>
    public IReadOnlyList<(TrackableObject Variable, string Name, TrackableObject State)> Slots => _slots;

    /// <summary>A variable's name in its program, such as <c>dense/kernel</c>.</summary>
    public string FullName { get; } = string.Empty;

    /// <summary>The weight of the model behind a variable, or null.</summary>
    public Variable? Source { get; }

    /// <summary>True if it holds a value.</summary>
    public bool IsVariable => Source is not null || _value is not null;

    /// <summary>A variable's value, or null.</summary>
    public Tensor? Value => _value ?? Source?.Value;

    /// <summary>Makes a variable of a value.</summary>
    public static TrackableObject Variable(string fullName, Tensor value) => new(fullName, value, null);

    /// <summary>Makes a variable of a model's weight, whose value is asked for when it is written.</summary>
    public static TrackableObject Variable(Variable weight) => new(weight.FullName, null, weight);

    /// <summary>Adds an edge and returns the object it leads to.</summary>
    public TrackableObject Add(string name, TrackableObject child)
    {
        _children.Add((name, child));
        return child;
    }

    /// <summary>Adds another name of the edge to a child.</summary>
    public void AddAlias(string name, TrackableObject child) => _aliases.Add((name, child));

    /// <summary>Adds a variable's state.</summary>
    public void AddSlot(TrackableObject variable, string name, TrackableObject state) => _slots.Add((variable, name, state));
}
