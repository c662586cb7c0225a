namespace ModelTools.Layers;

/// <summary>Uniform within √(6 / (inputs + outputs)): the default of most kernels. Keras: <c>keras.initializers.GlorotUniform</c>.</summary>
public sealed record GlorotUniform : FanScaling
{
    private protected override (double Scale, FanMode Mode, FanDistribution Distribution) Rule => (1, FanMode.FanAvg, FanDistribution.Uniform);
}
