using ModelTools.Diagnostics;
using ModelTools.Objects;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>The unit matrix times a number. Keras: <c>keras.initializers.Identity</c>.</summary>
[ObjectAlias("IdentityInitializer")]
public sealed record IdentityInitializer : Initializer
{
    /// <inheritdoc/>
    [ConfigIgnore]
    public override string ClassName => "Identity";

    /// <summary>The number on the diagonal.</summary>
    [ConfigWrite(Keras3 = false)]
    public double Gain { get; init; } = 1;

    /// <inheritdoc/>
    /// <exception cref="ModelToolsException">MT3007: the weight is no matrix.</exception>
    public override Tensor Create(Shape shape, DType dtype, Random random)
    {
        if (shape.Rank != 2)
        {
            throw new ModelToolsException(ErrorCode.InvalidLayer, $"The initializer Identity makes matrices, not a weight of shape {shape}.");
        }

        var values = new double[shape.ElementCount];
        for (var i = 0; i < Math.Min(shape[0], shape[1]); i++)
        {
            values[(i * shape[1]) + i] = Gain;
        }

        return Numbers.From(values, shape, dtype);
    }
}
