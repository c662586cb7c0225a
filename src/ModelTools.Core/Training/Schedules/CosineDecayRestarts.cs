using ModelTools.Objects;

namespace ModelTools.Training;

/// <summary>Falls along half cosines that start again, each longer and lower than the one before (arXiv:1608.03983). Keras: <c>keras.optimizers.schedules.CosineDecayRestarts</c>.</summary>
/// <param name="InitialLearningRate">The first learning rate.</param>
/// <param name="FirstDecaySteps">Length of the first fall in steps.</param>
public sealed record CosineDecayRestarts(double InitialLearningRate, double FirstDecaySteps) : LearningRateSchedule
{
    /// <summary>Each fall is so many times longer than the one before.</summary>
    [ConfigKey("t_mul")]
    public double TMul { get; init; } = 2;

    /// <summary>Each fall starts at this part of the one before.</summary>
    [ConfigKey("m_mul")]
    public double MMul { get; init; } = 1;

    /// <summary>The part of the learning rate that stays at the end.</summary>
    public double Alpha { get; init; }

    /// <inheritdoc/>
    protected override string DefaultName => "SGDRDecay";

    /// <inheritdoc/>
    public override double At(long step)
    {
        var falls = step / FirstDecaySteps;
        double restarts;
        if (TMul == 1)
        {
            restarts = Math.Floor(falls);
            falls -= restarts;
        }
        else
        {
            // The n-th fall starts after 1 + t + … + t^(n-1) first lengths.
            restarts = Math.Floor(Math.Log(1 - (falls * (1 - TMul))) / Math.Log(TMul));
            var length = Math.Pow(TMul, restarts);
            falls = (falls - ((1 - length) / (1 - TMul))) / length;
        }

        var cosine = 0.5 * Math.Pow(MMul, restarts) * (1 + Math.Cos(Math.PI * falls));
        return InitialLearningRate * (((1 - Alpha) * cosine) + Alpha);
    }
}
