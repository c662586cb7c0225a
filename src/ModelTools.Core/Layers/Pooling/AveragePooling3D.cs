using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>The mean number of each window of volumes.</summary>
/// <remarks>Input [batch, depth, height, width, channels]. Keras: <c>keras.layers.AveragePooling3D</c>.</remarks>
/// <param name="PoolSize">The window's size: one number, or one per spatial axis; 2 if not given.</param>
[ObjectAlias("AvgPool3D")]
public sealed record AveragePooling3D(IntegerList? PoolSize = null) : WindowPooling(3, Pooling.Average, PoolSize ?? 2);
