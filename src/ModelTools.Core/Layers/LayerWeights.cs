using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>How an implementation of the operators reaches the variables.</summary>
/// <typeparam name="T">The implementation's tensor.</typeparam>
public interface IVariableAccess<T>
    where T : class
{
    /// <summary>The variable's current value, in its own type.</summary>
    T Read(Variable variable);

    /// <summary>Gives a variable a new value at the end of a training step (moving averages).</summary>
    void Update(Variable variable, T value);

    /// <summary>Gives a variable a new value at once: later reads of the same pass see it, and gradients are taken there.</summary>
    void Assign(Variable variable, T value);
}

/// <summary>A layer's weights during a call.</summary>
/// <typeparam name="T">The implementation's tensor.</typeparam>
/// <param name="op">The operators.</param>
/// <param name="access">The way to the variables.</param>
/// <param name="scope">The layer's weights.</param>
public sealed class LayerWeights<T>(IOperators<T> op, IVariableAccess<T> access, WeightScope scope)
    where T : class
{
    /// <summary>A weight in the type in which the layer computes.</summary>
    public T this[string name]
    {
        get
        {
            var value = access.Read(Get(name));
            var compute = scope.Owner.DType.ComputeDType;
            return op.DTypeOf(value) != compute && op.DTypeOf(value).IsFloating() ? op.Cast(value, compute) : value;
        }
    }

    /// <summary>The tree behind it.</summary>
    public WeightScope Scope => scope;

    /// <summary>True if the layer has this weight.</summary>
    public bool Has(string name) => scope.Find(name) is not null;

    /// <summary>A weight in the type in which it is kept.</summary>
    public T Kept(string name) => access.Read(Get(name));

    /// <summary>Gives a weight a new value at the end of a training step.</summary>
    public void Update(string name, T value) => access.Update(Get(name), value);

    /// <summary>Gives a weight a new value at once: later reads see it, and gradients are taken there.</summary>
    public void Assign(string name, T value) => access.Assign(Get(name), value);

    /// <summary>The weights of a layer inside.</summary>
    public LayerWeights<T> Child(string edge) =>
        new(op, access, scope.Child(edge) ?? throw new InvalidOperationException($"{scope.Owner.Name} has no part '{edge}'."));

    /// <summary>The weights of another scope, reached the same way (a nested model's layers).</summary>
    public LayerWeights<T> At(WeightScope other) => new(op, access, other);

    private Variable Get(string name) => scope.Find(name) ?? throw new InvalidOperationException($"{scope.Owner.Name} has no weight '{name}'.");
}
