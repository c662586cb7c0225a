namespace ModelTools.Layers;

/// <summary>Normal with deviation √(1 / inputs), tails cut. Keras: <c>keras.initializers.LecunNormal</c>.</summary>
public sealed record LecunNormal : FanScaling
{
    private protected override (double Scale, FanMode Mode, FanDistribution Distribution) Rule => (1, FanMode.FanIn, FanDistribution.TruncatedNormal);
}
