namespace ModelTools.Layers;

/// <summary>The weights of a built layer as a tree: its own, and those of the layers inside it.</summary>
/// <param name="Owner">The layer whose weights these are (for an RNN's <c>cell</c>: the RNN).</param>
/// <param name="Edge">Keras's attribute that leads here from the parent: <c>cell</c>, <c>forward_layer</c>, <c>layer</c>; for a layer of a model its name.</param>
public sealed record WeightScope(Layer Owner, string Edge)
{
    private readonly List<Variable> _variables = [];
    private readonly List<WeightScope> _children = [];

    /// <summary>Own weights in order of creation.</summary>
    public IReadOnlyList<Variable> Variables => _variables;

    /// <summary>Inner scopes in order of creation.</summary>
    public IReadOnlyList<WeightScope> Children => _children;

    /// <summary>Own weights, then those of each inner scope.</summary>
    public IEnumerable<Variable> All => _variables.Concat(_children.SelectMany(child => child.All));

    /// <summary>Finds an own weight by its role, or null.</summary>
    public Variable? Find(string name) => _variables.Find(variable => variable.Name == name);

    /// <summary>Finds an inner scope by its edge, or null.</summary>
    public WeightScope? Child(string edge) => _children.Find(child => child.Edge == edge);

    internal void Add(Variable variable) => _variables.Add(variable);

    internal void Add(WeightScope child) => _children.Add(child);
}
