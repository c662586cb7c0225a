using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>The largest number of each window of volumes.</summary>
/// <remarks>Input [batch, depth, height, width, channels]. Keras: <c>keras.layers.MaxPooling3D</c>.</remarks>
/// <param name="PoolSize">The window's size: one number, or one per spatial axis; 2 if not given.</param>
[ObjectAlias("MaxPool3D")]
public sealed record MaxPooling3D(IntegerList? PoolSize = null) : WindowPooling(3, Pooling.Maximum, PoolSize ?? 2);
