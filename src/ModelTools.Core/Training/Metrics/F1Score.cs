using ModelTools.Objects;

namespace ModelTools.Training;

/// <summary>The harmonic mean of precision and recall per class. Keras: <c>keras.metrics.F1Score</c>.</summary>
public sealed record F1Score : FBetaScore
{
    /// <inheritdoc/>
    [ConfigIgnore]
    public override double Beta
    {
        get => 1;
        init => _ = value;
    }

    /// <inheritdoc/>
    protected override string DefaultName => "f1_score";
}
