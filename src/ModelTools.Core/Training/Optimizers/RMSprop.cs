using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>Divides gradients by the root of their mean square. Keras: <c>keras.optimizers.RMSprop</c>.</summary>
/// <remarks>Epsilon stands inside the root; outside of it in tf.keras up to 2.10 without momentum.</remarks>
public sealed record RMSprop : GradientOptimizer
{
    /// <summary>Decay of the mean squared gradient.</summary>
    public double Rho { get; init; } = 0.9;

    /// <summary>The part of the last change that is repeated.</summary>
    public double Momentum { get; init; }

    /// <summary>Keeps the divisor away from 0.</summary>
    public double Epsilon { get; init; } = 1e-7;

    /// <summary>Divide by the deviation: the square of the mean gradient is taken away.</summary>
    public bool Centered { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<OptimizerSlot> OwnSlots()
    {
        yield return new OptimizerSlot("velocity", "velocity", "rms", 0);
        if (Momentum > 0)
        {
            yield return new OptimizerSlot("momentum", "momentum", "momentum", 1);
        }

        if (Centered)
        {
            yield return new OptimizerSlot("average_gradient", "average_gradient", "mg", 2);
        }
    }

    /// <inheritdoc/>
    protected override OptimizerUpdate<T> Apply<T>(IOperators<T> op, OptimizerStep<T> step)
    {
        List<T> slots = [Mix(op, step.Slots[0], op.Square(step.Gradient))];
        var square = slots[0];
        T? mean = null;
        if (Centered)
        {
            mean = Mix(op, step.Slots[^1], step.Gradient);
            square = op.Subtract(square, op.Square(mean));
        }

        var divisor = IsLegacy && Momentum == 0 ? op.Add(op.Sqrt(square), Epsilon) : op.Sqrt(op.Add(square, Epsilon));
        var change = op.Divide(op.Multiply(step.Gradient, step.LearningRate), divisor);
        if (Momentum > 0)
        {
            change = op.Add(op.Multiply(step.Slots[1], Momentum), change);
            slots.Add(change);
        }

        if (mean is not null)
        {
            slots.Add(mean);
        }

        return new OptimizerUpdate<T>(op.Subtract(step.Variable, change), slots);
    }

    private T Mix<T>(IOperators<T> op, T average, T value)
        where T : class => op.Add(op.Multiply(average, Rho), op.Multiply(value, 1 - Rho));
}
