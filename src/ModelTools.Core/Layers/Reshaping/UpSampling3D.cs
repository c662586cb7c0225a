using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>Repeats the elements of volumes.</summary>
/// <remarks>Input [batch, depth, height, width, channels]. Keras: <c>keras.layers.UpSampling3D</c>.</remarks>
/// <param name="Size">The factors: one number, or one per spatial axis; 2 if not given.</param>
public sealed record UpSampling3D(IntegerList? Size = null) : UpSampling(3, Size ?? 2);
