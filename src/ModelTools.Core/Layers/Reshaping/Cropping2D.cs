namespace ModelTools.Layers;

/// <summary>Cuts the ends of images off.</summary>
/// <remarks>Input [batch, height, width, channels]. Keras: <c>keras.layers.Cropping2D</c>.</remarks>
public sealed record Cropping2D() : CroppingBase(2, 0);
