namespace ModelTools.Layers;

/// <summary>Adds zeros around volumes.</summary>
/// <remarks>Input [batch, depth, height, width, channels]. Keras: <c>keras.layers.ZeroPadding3D</c>.</remarks>
public sealed record ZeroPadding3D() : ZeroPadding(3);
