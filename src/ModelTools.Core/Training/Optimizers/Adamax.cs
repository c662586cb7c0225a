using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>Adam with the largest gradient in place of the mean square (arXiv:1412.6980, section 7). Keras: <c>keras.optimizers.Adamax</c>.</summary>
public sealed record Adamax : GradientOptimizer
{
    /// <summary>Decay of the mean gradient.</summary>
    [ConfigKey("beta_1")]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the largest gradient.</summary>
    [ConfigKey("beta_2")]
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Keeps the divisor away from 0.</summary>
    public double Epsilon { get; init; } = 1e-7;

    /// <inheritdoc/>
    protected override IEnumerable<OptimizerSlot> OwnSlots()
    {
        yield return new OptimizerSlot("momentum", "m", "m", 0);
        yield return new OptimizerSlot("norm", "u", "v", 0);
    }

    /// <inheritdoc/>
    protected override OptimizerUpdate<T> Apply<T>(IOperators<T> op, OptimizerStep<T> step)
    {
        var rate = step.LearningRate / (1 - StepNumbers.Power(op.DTypeOf(step.Variable), Beta1, step.Iteration + 1));
        var mean = Adam.Toward(op, step.Slots[0], step.Gradient, 1 - Beta1);
        var largest = op.Maximum(op.Multiply(step.Slots[1], Beta2), op.Abs(step.Gradient));
        return new OptimizerUpdate<T>(op.Subtract(step.Variable, op.Divide(op.Multiply(mean, rate), op.Add(largest, Epsilon))), [mean, largest]);
    }
}
