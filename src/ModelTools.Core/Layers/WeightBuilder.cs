using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Where a layer declares its weights while it is built.</summary>
public sealed class WeightBuilder
{
    private const ulong MostElements = 1UL << 39;

    private readonly string _prefix;

    /// <summary>Starts the weights of a layer.</summary>
    /// <param name="owner">The layer.</param>
    /// <param name="edge">How its parent reaches it.</param>
    /// <param name="prefix">First part of the weights' full names, such as the layer's name.</param>
    public WeightBuilder(Layer owner, string edge, string prefix)
    {
        Scope = new WeightScope(owner, edge);
        _prefix = prefix;
    }

    /// <summary>What was declared so far.</summary>
    public WeightScope Scope { get; }

    /// <summary>Declares a weight.</summary>
    /// <param name="name">Role, such as <c>kernel</c>.</param>
    /// <param name="shape">Its shape; all dimensions known.</param>
    /// <param name="initializer">Makes the first values.</param>
    /// <param name="regularizer">Penalty in training.</param>
    /// <param name="constraint">Projection in training.</param>
    /// <param name="trainable">False for statistics and counters.</param>
    /// <param name="dtype">Element type; the layer's variable type if not given.</param>
    /// <exception cref="ModelToolsException">MT3006: a dimension is open, so the layer cannot be built on this input. MT3007: a dimension is negative, or the type is none of numbers.</exception>
    public Variable Add(string name, Shape shape, Initializer initializer, Regularizer? regularizer = null, Constraint? constraint = null, bool trainable = true, DType? dtype = null)
    {
        if (!shape.IsKnown)
        {
            throw new ModelToolsException(ErrorCode.InputMismatch, $"The layer {Scope.Owner.Name} needs a known size to make its weight '{name}' {shape}.") { Location = Scope.Owner.Name };
        }

        var type = dtype ?? Scope.Owner.DType.VariableDType;
        if (type is DType.String)
        {
            throw new ModelToolsException(ErrorCode.InvalidLayer, $"The layer {Scope.Owner.Name} would have a weight '{name}' of the type string; weights are numbers.") { Location = Scope.Owner.Name };
        }

        // A file may name any sizes; nothing is allocated here, but their product must be a number.
        if (shape.Aggregate((UInt128)1, (product, extent) => product > MostElements ? product : product * (ulong)extent) > MostElements)
        {
            throw new ModelToolsException(ErrorCode.SizeLimit, $"The layer {Scope.Owner.Name} would have a weight '{name}' of shape {shape}, which no machine can hold.") { Location = Scope.Owner.Name };
        }

        var variable = new Variable(name, $"{_prefix}/{name}", shape, type)
        {
            IsTrainable = trainable,
            Initializer = initializer,
            Regularizer = regularizer,
            Constraint = constraint,
        };
        Scope.Add(variable);
        return variable;
    }

    /// <summary>Takes a weight of a layer inside as an own one, too, where Keras has two ways to it.</summary>
    public void Share(Variable variable) => Scope.Add(variable);

    /// <summary>Opens the scope of a layer inside this one.</summary>
    /// <param name="owner">The inner layer, or this one for a part of it (an RNN's cell).</param>
    /// <param name="edge">Keras's attribute name.</param>
    /// <param name="scopeName">Part of the full names (<c>lstm_cell</c>), or null where Keras adds none.</param>
    public WeightBuilder Child(Layer owner, string edge, string? scopeName)
    {
        var child = new WeightBuilder(owner, edge, scopeName is null ? _prefix : $"{_prefix}/{scopeName}");
        Scope.Add(child.Scope);
        return child;
    }

    /// <summary>Takes in the weights of something that was built elsewhere (a nested model).</summary>
    public void Attach(WeightScope scope) => Scope.Add(scope);
}
