namespace ModelTools.Layers;

/// <summary>Normal with deviation √(2 / (inputs + outputs)), tails cut. Keras: <c>keras.initializers.GlorotNormal</c>.</summary>
public sealed record GlorotNormal : FanScaling
{
    private protected override (double Scale, FanMode Mode, FanDistribution Distribution) Rule => (1, FanMode.FanAvg, FanDistribution.TruncatedNormal);
}
