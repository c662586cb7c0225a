namespace ModelTools.Layers;

/// <summary>Uniform within √(6 / inputs). Keras: <c>keras.initializers.HeUniform</c>.</summary>
public sealed record HeUniform : FanScaling
{
    private protected override (double Scale, FanMode Mode, FanDistribution Distribution) Rule => (2, FanMode.FanIn, FanDistribution.Uniform);
}
