namespace ModelTools.Layers;

/// <summary>Adds zeros around images.</summary>
/// <remarks>Input [batch, height, width, channels]. Keras: <c>keras.layers.ZeroPadding2D</c>.</remarks>
public sealed record ZeroPadding2D() : ZeroPadding(2);
