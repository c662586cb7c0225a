using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>The largest number of each channel of images.</summary>
/// <remarks>Input [batch, height, width, channels]. Output [batch, channels]. Keras: <c>keras.layers.GlobalMaxPooling2D</c>.</remarks>
[ObjectAlias("GlobalMaxPool2D")]
public sealed record GlobalMaxPooling2D() : GlobalPooling(2, Reduction.Maximum);
