using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>A constraint on the Euclidean norm along axes.</summary>
public abstract record NormConstraint : Constraint
{
    // Keras: backend.epsilon().
    private const double Epsilon = 1e-7;

    /// <summary>Axes over which the norm is taken: 0 for the inputs of a Dense kernel.</summary>
    public IntegerList Axis { get; init; } = 0;

    /// <inheritdoc/>
    public override T Apply<T>(IOperators<T> op, T weight)
    {
        var norm = op.Sqrt(op.Sum(op.Square(weight), Axis, true));
        return op.Multiply(weight, op.Divide(Wanted(op, norm), op.Add(norm, Epsilon)));
    }

    /// <summary>The norm that is allowed.</summary>
    protected abstract T Wanted<T>(IOperators<T> op, T norm)
        where T : class;
}
