using ModelTools.Tensors;

namespace ModelTools.Formats.Checkpoint;

/// <summary>An object to be saved in an object-based checkpoint: a model, a layer, a list, or a variable with its value.</summary>
internal sealed class TrackableObject
{
    private readonly List<(string Name, TrackableObject Child)> _children = [];
    private readonly List<(TrackableObject Variable, string Name, TrackableObject State)> _slots = [];

    /// <summary>Edges to other objects, in order: the first path to an object gives it its key.</summary>
    public IReadOnlyList<(string Name, TrackableObject Child)> Children => _children;

    /// <summary>State per variable, for optimizers of the older kind.</summary>
    public IReadOnlyList<(TrackableObject Variable, string Name, TrackableObject State)> Slots => _slots;

    /// <summary>A variable's value, or null.</summary>
    public Tensor? Value { get; private init; }

    /// <summary>A variable's name in its program, such as <c>dense/kernel</c>.</summary>
    public string FullName { get; private init; } = string.Empty;

    /// <summary>Makes a variable.</summary>
    public static TrackableObject Variable(string fullName, Tensor value) => new() { FullName = fullName, Value = value };

    /// <summary>Adds an edge and returns the object it leads to.</summary>
    public TrackableObject Add(string name, TrackableObject child)
    {
        _children.Add((name, child));
        return child;
    }

    /// <summary>Adds a variable's state.</summary>
    public void AddSlot(TrackableObject variable, string name, TrackableObject state) => _slots.Add((variable, name, state));
}
