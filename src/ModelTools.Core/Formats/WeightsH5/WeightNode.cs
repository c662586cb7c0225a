using ModelTools.Layers;

namespace ModelTools.Formats.WeightsH5;

/// <summary>An object of a model whose variables Keras saves, as it hangs in the tree of the weights file.</summary>
/// <param name="Edge">The attribute that leads to it; in a list its class in snake case, to which the place adds a number.</param>
internal sealed record WeightNode(string Edge)
{
    /// <summary>The public name of the attribute, which Keras 3 saves; that of <see cref="Edge"/> for most.</summary>
    public string PublicEdge { get => field ?? Edge; init; }

    /// <summary>Name of the object, which the file keeps for display.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it is, for messages: <c>the layer dense (Dense)</c>.</summary>
    public string Title { get; init; } = "";

    /// <summary>Name of the layer of the model that it belongs to, for messages and reports.</summary>
    public string Layer { get; init; } = "";

    /// <summary>Own variables in the order in which Keras saves them.</summary>
    public IReadOnlyList<Variable> Variables { get; init; } = [];

    /// <summary>The objects inside.</summary>
    public IReadOnlyList<WeightNode> Children { get; init; } = [];

    /// <summary>True for a list of objects, which has no variables of its own.</summary>
    public bool IsList { get; init; }

    /// <summary>True for an object that was saved before, at its first place; it only takes a number.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>All variables in it and below it.</summary>
    public IEnumerable<Variable> All => Variables.Concat(Children.SelectMany(child => child.All));
}
