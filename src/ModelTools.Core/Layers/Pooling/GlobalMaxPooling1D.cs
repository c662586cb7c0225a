using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>The largest number of each channel of sequences.</summary>
/// <remarks>Input [batch, length, channels]. Output [batch, channels]. Keras: <c>keras.layers.GlobalMaxPooling1D</c>.</remarks>
[ObjectAlias("GlobalMaxPool1D")]
public sealed record GlobalMaxPooling1D() : GlobalPooling(1, Reduction.Maximum);
