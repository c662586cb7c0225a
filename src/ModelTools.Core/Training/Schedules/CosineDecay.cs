namespace ModelTools.Training;

/// <summary>Rises on a line to a target, if there is one, then falls along half a cosine (arXiv:1608.03983). Keras: <c>keras.optimizers.schedules.CosineDecay</c>.</summary>
/// <param name="InitialLearningRate">The first learning rate.</param>
/// <param name="DecaySteps">Length of the fall in steps.</param>
public sealed record CosineDecay(double InitialLearningRate, double DecaySteps) : LearningRateSchedule
{
    /// <summary>The part of the learning rate that stays at the end.</summary>
    public double Alpha { get; init; }

    /// <summary>Where the rise ends and the fall starts; null: no rise.</summary>
    public double? WarmupTarget { get; init; }

    /// <summary>Length of the rise in steps.</summary>
    public double WarmupSteps { get; init; }

    /// <inheritdoc/>
    public override double At(long step)
    {
        if (WarmupTarget is not { } target)
        {
            return Fall(InitialLearningRate, step);
        }

        return step < WarmupSteps
            ? ((target - InitialLearningRate) * step / WarmupSteps) + InitialLearningRate
            : Fall(target, step - WarmupSteps);
    }

    private double Fall(double from, double step)
    {
        var cosine = 0.5 * (1 + Math.Cos(Math.PI * Math.Min(step, DecaySteps) / DecaySteps));
        return from * (((1 - Alpha) * cosine) + Alpha);
    }
}
