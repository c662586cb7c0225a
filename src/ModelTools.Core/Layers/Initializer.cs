using ModelTools.Objects;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Makes the first values of a weight. Keras: <c>keras.initializers.Initializer</c>.</summary>
public abstract record Initializer : KerasObject
{
    /// <summary>Makes the values.</summary>
    /// <param name="shape">A known shape.</param>
    /// <param name="dtype">float16, bfloat16, float32 or float64.</param>
    /// <param name="random">Source of random numbers; an initializer with a seed of its own ignores it.</param>
    public abstract Tensor Create(Shape shape, DType dtype, Random random);
}
