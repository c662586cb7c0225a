using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>The mean number of each channel of volumes.</summary>
/// <remarks>Input [batch, depth, height, width, channels]. Output [batch, channels]. Keras: <c>keras.layers.GlobalAveragePooling3D</c>.</remarks>
[ObjectAlias("GlobalAvgPool3D")]
public sealed record GlobalAveragePooling3D() : GlobalPooling(3, Reduction.Mean);
