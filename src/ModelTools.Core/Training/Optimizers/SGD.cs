using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>Gradient descent, with momentum as an option. Keras: <c>keras.optimizers.SGD</c>.</summary>
public sealed record SGD : GradientOptimizer
{
    /// <inheritdoc/>
    public override LearningRateSchedule LearningRate { get; init; } = 0.01;

    /// <summary>The part of the last change that is repeated.</summary>
    public double Momentum { get; init; }

    /// <summary>Look ahead along the momentum.</summary>
    public bool Nesterov { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<OptimizerSlot> OwnSlots()
    {
        // Keras 2.11 and later keep the slot even without momentum.
        if (Momentum != 0 || Generation is OptimizerGeneration.Keras2 or OptimizerGeneration.MultiBackend)
        {
            yield return new OptimizerSlot("momentum", "m", "momentum", 0);
        }
    }

    /// <inheritdoc/>
    protected override OptimizerUpdate<T> Apply<T>(IOperators<T> op, OptimizerStep<T> step)
    {
        var change = op.Multiply(step.Gradient, step.LearningRate);
        if (step.Slots.Count == 0)
        {
            return new OptimizerUpdate<T>(op.Subtract(step.Variable, change), []);
        }

        var momentum = op.Subtract(op.Multiply(step.Slots[0], Momentum), change);
        var move = Nesterov ? op.Subtract(op.Multiply(momentum, Momentum), change) : momentum;
        return new OptimizerUpdate<T>(op.Add(step.Variable, move), [momentum]);
    }
}
