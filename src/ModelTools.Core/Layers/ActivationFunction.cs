using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>A function that layers apply to their output. Keras: <c>keras.activations</c>.</summary>
/// <remarks>The named functions are the static members of <c>Activations</c>.</remarks>
public abstract record ActivationFunction
{
    /// <summary>Keras's name, such as <c>relu</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Computes it.</summary>
    public abstract T Apply<T>(IOperators<T> op, T x)
        where T : class;

    /// <inheritdoc/>
    public sealed override string ToString() => Name;
}
