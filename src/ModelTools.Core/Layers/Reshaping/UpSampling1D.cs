using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>Repeats the elements of sequences.</summary>
/// <remarks>Input [batch, length, channels]. Keras: <c>keras.layers.UpSampling1D</c>.</remarks>
/// <param name="Size">The factor; 2 if not given.</param>
public sealed record UpSampling1D(IntegerList? Size = null) : UpSampling(1, Size ?? 2)
{
    /// <summary>The factor.</summary>
    public override IntegerList Size
    {
        get;
        init => field = value.Collapse();
    } = Size ?? 2;

    /// <inheritdoc/>
    [ConfigIgnore]
    public override DataFormat DataFormat { get; init; }
}
