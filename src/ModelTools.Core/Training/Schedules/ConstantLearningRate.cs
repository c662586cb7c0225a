using System.Globalization;
using ModelTools.Objects;

namespace ModelTools.Training;

/// <summary>A learning rate that only the user or a callback changes; Keras writes it as a number.</summary>
/// <param name="Value">The learning rate.</param>
[NotInRegistry]
public sealed record ConstantLearningRate(double Value) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double At(long step) => Value;

    private protected override string Text => Value.ToString(CultureInfo.InvariantCulture);
}
