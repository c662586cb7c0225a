using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>Averages its own path in place of a schedule (arXiv:2405.15682). Keras: <c>keras.optimizers.ScheduleFreeAdamW</c>.</summary>
public sealed record ScheduleFreeAdamW : GradientOptimizer
{
    /// <inheritdoc/>
    public override LearningRateSchedule LearningRate { get; init; } = 0.0025;

    /// <summary>Part of the average in the point where gradients are taken.</summary>
    [ConfigKey("beta_1")]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the mean squared gradient.</summary>
    [ConfigKey("beta_2")]
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Keeps the divisor away from 0.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Steps over which the learning rate rises.</summary>
    public int WarmupSteps { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<OptimizerSlot> OwnSlots()
    {
        yield return new OptimizerSlot("momentum", "m", "m", 0) { StartsAsVariable = true };
        yield return new OptimizerSlot("velocity", "v", "v", 0);
    }

    /// <inheritdoc/>
    protected override OptimizerUpdate<T> Apply<T>(IOperators<T> op, OptimizerStep<T> step)
    {
        var dtype = op.DTypeOf(step.Variable);
        var number = step.Iteration + 1;
        var rate = WarmupSteps > 0 ? step.LearningRate * Math.Min((double)number / WarmupSteps, 1) : step.LearningRate;
        var ahead = StepNumbers.OneMinus(dtype, Beta1);
        var square = Adam.Toward(op, step.Slots[1], op.Square(step.Gradient), StepNumbers.OneMinus(dtype, Beta2));
        var spread = op.Add(op.Sqrt(op.Multiply(square, 1 / (1 - StepNumbers.Power(dtype, Beta2, number)))), Epsilon);
        var point = op.Subtract(step.Slots[0], op.Divide(op.Multiply(step.Gradient, rate), spread));

        // The variable is (1 - β₁) · point + β₁ · average; the average is taken out of it, moved and put back.
        var average = op.Multiply(op.Subtract(step.Variable, op.Multiply(step.Slots[0], ahead)), 1 / Beta1);
        average = op.Add(op.Multiply(average, 1 - (1.0 / number)), op.Multiply(point, 1.0 / number));
        return new OptimizerUpdate<T>(op.Add(op.Multiply(point, ahead), op.Multiply(average, Beta1)), [point, square]);
    }
}
