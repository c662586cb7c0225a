using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>Steps by the sign of a mixed momentum (arXiv:2302.06675). Keras: <c>keras.optimizers.Lion</c>.</summary>
public sealed record Lion : GradientOptimizer
{
    /// <summary>Part of the momentum in the step's direction.</summary>
    [ConfigKey("beta_1")]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the momentum.</summary>
    [ConfigKey("beta_2")]
    public double Beta2 { get; init; } = 0.99;

    /// <inheritdoc/>
    protected override IEnumerable<OptimizerSlot> OwnSlots()
    {
        yield return new OptimizerSlot("momentum", "m", "m", 0);
    }

    /// <inheritdoc/>
    protected override OptimizerUpdate<T> Apply<T>(IOperators<T> op, OptimizerStep<T> step)
    {
        var direction = op.Unary(UnaryOperator.Sign, Mix(op, step, Beta1));
        return new OptimizerUpdate<T>(op.Subtract(step.Variable, op.Multiply(direction, step.LearningRate)), [Mix(op, step, Beta2)]);
    }

    private static T Mix<T>(IOperators<T> op, OptimizerStep<T> step, double beta)
        where T : class => op.Add(op.Multiply(step.Slots[0], beta), op.Multiply(step.Gradient, StepNumbers.OneMinus(op.DTypeOf(step.Variable), beta)));
}
