namespace ModelTools.Training;

/// <summary>One number up to each boundary. Keras: <c>keras.optimizers.schedules.PiecewiseConstantDecay</c>.</summary>
/// <param name="Boundaries">Rising step numbers; a boundary itself still belongs to the number before it.</param>
/// <param name="Values">Learning rates: one more than boundaries.</param>
public sealed record PiecewiseConstantDecay(IReadOnlyList<double> Boundaries, IReadOnlyList<double> Values) : LearningRateSchedule
{
    /// <inheritdoc/>
    protected override string DefaultName => "PiecewiseConstant";

    /// <inheritdoc/>
    public override double At(long step) => Values[Boundaries.Count(boundary => step > boundary)];
}
