using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>The largest number of each channel of volumes.</summary>
/// <remarks>Input [batch, depth, height, width, channels]. Output [batch, channels]. Keras: <c>keras.layers.GlobalMaxPooling3D</c>.</remarks>
[ObjectAlias("GlobalMaxPool3D")]
public sealed record GlobalMaxPooling3D() : GlobalPooling(3, Reduction.Maximum);
