namespace ModelTools.Layers;

/// <summary>Random numbers of variance scale / fan. Keras: <c>keras.initializers.VarianceScaling</c>.</summary>
public sealed record VarianceScaling : FanScaling
{
    /// <summary>Variance times number of connections.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Which connections are counted.</summary>
    public FanMode Mode { get; init; } = FanMode.FanIn;

    /// <summary>How the numbers are spread.</summary>
    public FanDistribution Distribution { get; init; } = FanDistribution.TruncatedNormal;

    private protected override (double Scale, FanMode Mode, FanDistribution Distribution) Rule => (Scale, Mode, Distribution);
}
