namespace ModelTools.Training;

/// <summary>Falls along a power of the remaining steps to an end value. Keras: <c>keras.optimizers.schedules.PolynomialDecay</c>.</summary>
/// <param name="InitialLearningRate">The first learning rate.</param>
/// <param name="DecaySteps">Steps until the end value.</param>
public sealed record PolynomialDecay(double InitialLearningRate, double DecaySteps) : LearningRateSchedule
{
    /// <summary>The last learning rate.</summary>
    public double EndLearningRate { get; init; } = 0.0001;

    /// <summary>The power: 1 is a straight line.</summary>
    public double Power { get; init; } = 1;

    /// <summary>Stretch the decay whenever its end is passed, so that it goes on.</summary>
    public bool Cycle { get; init; }

    /// <inheritdoc/>
    public override double At(long step)
    {
        var length = Cycle && step > 0 ? DecaySteps * Math.Ceiling(step / DecaySteps) : DecaySteps;
        var left = 1 - (Math.Min(step, length) / length);
        return ((InitialLearningRate - EndLearningRate) * Math.Pow(left, Power)) + EndLearningRate;
    }
}
