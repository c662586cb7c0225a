using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>A projection that is applied to a weight after each update. Keras: <c>keras.constraints.Constraint</c>.</summary>
public abstract record Constraint : KerasObject
{
    /// <summary>The projected weight, of the same shape.</summary>
    public abstract T Apply<T>(IOperators<T> op, T weight)
        where T : class;
}
