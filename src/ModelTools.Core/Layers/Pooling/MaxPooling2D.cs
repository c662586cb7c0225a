using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>The largest number of each window of images.</summary>
/// <remarks>Input [batch, height, width, channels]. Keras: <c>keras.layers.MaxPooling2D</c>.</remarks>
/// <param name="PoolSize">The window's size: one number, or one per spatial axis; 2 if not given.</param>
[ObjectAlias("MaxPool2D")]
public sealed record MaxPooling2D(IntegerList? PoolSize = null) : WindowPooling(2, Pooling.Maximum, PoolSize ?? 2);
