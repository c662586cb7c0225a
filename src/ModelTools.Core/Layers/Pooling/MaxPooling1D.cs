using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>The largest number of each window of sequences.</summary>
/// <remarks>Input [batch, length, channels]. Keras: <c>keras.layers.MaxPooling1D</c>.</remarks>
/// <param name="PoolSize">The window's size: one number, or one per spatial axis; 2 if not given.</param>
[ObjectAlias("MaxPool1D")]
public sealed record MaxPooling1D(IntegerList? PoolSize = null) : WindowPooling(1, Pooling.Maximum, PoolSize ?? 2);
