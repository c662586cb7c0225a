using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>The mean number of each window of sequences.</summary>
/// <remarks>Input [batch, length, channels]. Keras: <c>keras.layers.AveragePooling1D</c>.</remarks>
/// <param name="PoolSize">The window's size: one number, or one per spatial axis; 2 if not given.</param>
[ObjectAlias("AvgPool1D")]
public sealed record AveragePooling1D(IntegerList? PoolSize = null) : WindowPooling(1, Pooling.Average, PoolSize ?? 2);
