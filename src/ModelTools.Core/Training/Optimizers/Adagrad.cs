using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>Divides gradients by the root of the sum of their squares so far. Keras: <c>keras.optimizers.Adagrad</c>.</summary>
/// <remarks>Epsilon stands inside the root; outside of it in tf.keras up to 2.10.</remarks>
public sealed record Adagrad : GradientOptimizer
{
    /// <summary>Value of the sums before the first step.</summary>
    public double InitialAccumulatorValue { get; init; } = 0.1;

    /// <summary>Keeps the divisor away from 0.</summary>
    public double Epsilon { get; init; } = 1e-7;

    /// <inheritdoc/>
    protected override IEnumerable<OptimizerSlot> OwnSlots()
    {
        yield return new OptimizerSlot("accumulator", "accumulator", "accumulator", 0) { InitialValue = InitialAccumulatorValue };
    }

    /// <inheritdoc/>
    protected override OptimizerUpdate<T> Apply<T>(IOperators<T> op, OptimizerStep<T> step)
    {
        var sum = op.Add(step.Slots[0], op.Square(step.Gradient));
        var divisor = IsLegacy ? op.Add(op.Sqrt(sum), Epsilon) : op.Sqrt(op.Add(sum, Epsilon));
        return new OptimizerUpdate<T>(op.Subtract(step.Variable, op.Divide(op.Multiply(step.Gradient, step.LearningRate), divisor)), [sum]);
    }
}
