namespace ModelTools.Layers;

/// <summary>Normal with deviation √(2 / inputs), tails cut. Keras: <c>keras.initializers.HeNormal</c>.</summary>
public sealed record HeNormal : FanScaling
{
    private protected override (double Scale, FanMode Mode, FanDistribution Distribution) Rule => (2, FanMode.FanIn, FanDistribution.TruncatedNormal);
}
