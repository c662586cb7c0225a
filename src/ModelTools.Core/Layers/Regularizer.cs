using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>A penalty on a weight or an output, added to the loss. Keras: <c>keras.regularizers.Regularizer</c>.</summary>
public abstract record Regularizer : KerasObject
{
    /// <summary>The penalty, a scalar.</summary>
    public abstract T Penalty<T>(IOperators<T> op, T x)
        where T : class;
}
