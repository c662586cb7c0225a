namespace ModelTools.Training;

/// <summary>rate / (1 + decay_rate · step / decay_steps). Keras: <c>keras.optimizers.schedules.InverseTimeDecay</c>.</summary>
/// <param name="InitialLearningRate">The first learning rate.</param>
/// <param name="DecaySteps">Length of a period in steps.</param>
/// <param name="DecayRate">The decay per period.</param>
public sealed record InverseTimeDecay(double InitialLearningRate, double DecaySteps, double DecayRate) : LearningRateSchedule
{
    /// <summary>The learning rate only changes at the end of each period.</summary>
    public bool Staircase { get; init; }

    /// <inheritdoc/>
    public override double At(long step) => InitialLearningRate / (1 + (DecayRate * Periods(step)));

    private double Periods(long step) => Staircase ? Math.Floor(step / DecaySteps) : step / DecaySteps;
}
