using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>The mean number of each channel of images.</summary>
/// <remarks>Input [batch, height, width, channels]. Output [batch, channels]. Keras: <c>keras.layers.GlobalAveragePooling2D</c>.</remarks>
[ObjectAlias("GlobalAvgPool2D")]
public sealed record GlobalAveragePooling2D() : GlobalPooling(2, Reduction.Mean);
