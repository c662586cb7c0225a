using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>"Follow the regularized leader", for sparse linear models. Keras: <c>keras.optimizers.Ftrl</c>.</summary>
public sealed record Ftrl : GradientOptimizer
{
    /// <summary>How the learning rate falls with the accumulator; at most 0.</summary>
    public double LearningRatePower { get; init; } = -0.5;

    /// <summary>Value of the accumulators before the first step.</summary>
    public double InitialAccumulatorValue { get; init; } = 0.1;

    /// <summary>Strength of the absolute penalty, which makes weights exactly 0.</summary>
    [ConfigKey("l1_regularization_strength")]
    public double L1RegularizationStrength { get; init; }

    /// <summary>Strength of the quadratic penalty that steadies the steps.</summary>
    [ConfigKey("l2_regularization_strength")]
    public double L2RegularizationStrength { get; init; }

    /// <summary>Strength of a quadratic penalty on the loss itself.</summary>
    [ConfigKey("l2_shrinkage_regularization_strength")]
    public double L2ShrinkageRegularizationStrength { get; init; }

    /// <summary>The paper's β.</summary>
    public double Beta { get; init; }

    /// <inheritdoc/>
    protected internal override bool LegacySlotsAreInterleaved => true;

    /// <inheritdoc/>
    protected override IEnumerable<OptimizerSlot> OwnSlots()
    {
        yield return new OptimizerSlot("accumulator", "accumulator", "accumulator", 0) { InitialValue = InitialAccumulatorValue };
        yield return new OptimizerSlot("linear", "linear", "linear", 0);
    }

    /// <inheritdoc/>
    protected override OptimizerUpdate<T> Apply<T>(IOperators<T> op, OptimizerStep<T> step)
    {
        var rate = step.LearningRate;
        var quadraticPenalty = L2RegularizationStrength + (Beta / (2 * rate));
        var gradient = op.Add(step.Gradient, op.Multiply(step.Variable, 2 * L2ShrinkageRegularizationStrength));
        var accumulator = op.Add(step.Slots[0], op.Square(step.Gradient));
        var power = op.Power(accumulator, -LearningRatePower);
        var growth = op.Multiply(op.Subtract(power, op.Power(step.Slots[0], -LearningRatePower)), 1 / rate);
        var linear = op.Add(step.Slots[1], op.Subtract(gradient, op.Multiply(growth, step.Variable)));
        var quadratic = op.Add(op.Multiply(power, 1 / rate), 2 * quadraticPenalty);
        var clipped = op.Clip(linear, -L1RegularizationStrength, L1RegularizationStrength);
        return new OptimizerUpdate<T>(op.Divide(op.Subtract(clipped, linear), quadratic), [accumulator, linear]);
    }
}
