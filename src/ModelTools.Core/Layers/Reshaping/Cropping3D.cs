namespace ModelTools.Layers;

/// <summary>Cuts the ends of volumes off.</summary>
/// <remarks>Input [batch, depth, height, width, channels]. Keras: <c>keras.layers.Cropping3D</c>.</remarks>
public sealed record Cropping3D() : CroppingBase(3, 1);
