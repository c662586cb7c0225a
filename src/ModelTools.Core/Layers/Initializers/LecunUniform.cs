namespace ModelTools.Layers;

/// <summary>Uniform within √(3 / inputs). Keras: <c>keras.initializers.LecunUniform</c>.</summary>
public sealed record LecunUniform : FanScaling
{
    private protected override (double Scale, FanMode Mode, FanDistribution Distribution) Rule => (1, FanMode.FanIn, FanDistribution.Uniform);
}
