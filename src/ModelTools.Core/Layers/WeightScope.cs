namespace ModelTools.Layers;

/// <summary>The weights of a built layer as a tree: its own, and those of the layers inside it.</summary>
/// <param name="owner">The layer whose weights these are.</param>
/// <param name="edge">Keras's attribute that leads here from the parent.</param>
public sealed class WeightScope(Layer owner, string edge)
{
    private readonly List<Variable> _variables = [];
    private readonly List<WeightScope> _children = [];
    private bool _trainable = owner.Trainable;

    /// <summary>The layer whose weights these are (for an RNN's <c>cell</c>: the RNN).</summary>
    public Layer Owner { get; internal set; } = owner;

    /// <summary>Keras's attribute that leads here from the parent: <c>cell</c>, <c>forward_layer</c>, <c>layer</c>; for a layer of a model its name.</summary>
    public string Edge { get; internal set; } = edge;

    /// <summary>False if the layer is frozen; setting it sets it for everything inside, as Keras does.</summary>
    public bool Trainable
    {
        get => _trainable;
        set
        {
            _trainable = value;
            _children.ForEach(child => child.Trainable = value);
        }
    }

    /// <summary>Own weights in order of creation.</summary>
    public IReadOnlyList<Variable> Variables => _variables;

    /// <summary>Inner scopes in order of creation.</summary>
    public IReadOnlyList<WeightScope> Children => _children;

    /// <summary>Own weights, then those of each inner scope; one that both have counts once.</summary>
    public IEnumerable<Variable> All => _variables.Concat(_children.SelectMany(child => child.All)).Distinct();

    /// <summary>The weights that training changes (Keras: <c>trainable_weights</c>).</summary>
    public IEnumerable<Variable> TrainableVariables => Trainable
        ? _variables.Where(variable => variable.IsTrainable).Concat(_children.SelectMany(child => child.TrainableVariables)).Distinct()
        : [];

    /// <summary>The others (Keras: <c>non_trainable_weights</c>); a frozen layer's trainable weights come first.</summary>
    public IEnumerable<Variable> NonTrainableVariables => (Trainable
        ? _variables.Where(variable => !variable.IsTrainable).Concat(_children.SelectMany(child => child.NonTrainableVariables))
        : _variables.OrderByDescending(variable => variable.IsTrainable).Concat(_children.SelectMany(child => child.InKerasOrder))).Distinct();

    /// <summary>Trainable weights, then the others: the order of <c>layer.weights</c> and of legacy HDF5 files.</summary>
    public IEnumerable<Variable> InKerasOrder => TrainableVariables.Concat(NonTrainableVariables);

    /// <summary>Finds an own weight by its role, or null.</summary>
    public Variable? Find(string name) => _variables.Find(variable => variable.Name == name);

    /// <summary>Finds an inner scope by its edge, or null.</summary>
    public WeightScope? Child(string edge) => _children.Find(child => child.Edge == edge);

    /// <summary>Takes the layer's name alone.</summary>
    internal void TakeName(Layer named) => (Owner, Edge) = (named, named.Name);

    /// <summary>Takes all names of a scope of the same form.</summary>
    internal void TakeNames(WeightScope other)
    {
        (Owner, Edge) = (other.Owner, other.Edge);
        foreach (var (own, named) in _variables.Zip(other._variables))
        {
            own.FullName = named.FullName;
        }

        foreach (var (own, named) in _children.Zip(other._children))
        {
            own.TakeNames(named);
        }
    }

    internal void Add(Variable variable) => _variables.Add(variable);

    internal void Add(WeightScope child) => _children.Add(child);
}
