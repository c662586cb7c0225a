using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>Scales gradients by the ratio of past changes to past gradients (arXiv:1212.5701). Keras: <c>keras.optimizers.Adadelta</c>.</summary>
public sealed record Adadelta : GradientOptimizer
{
    /// <summary>Decay of both means.</summary>
    public double Rho { get; init; } = 0.95;

    /// <summary>Keeps both roots away from 0.</summary>
    public double Epsilon { get; init; } = 1e-7;

    /// <inheritdoc/>
    protected override IEnumerable<OptimizerSlot> OwnSlots()
    {
        yield return new OptimizerSlot("accumulated_grad", "accumulated_grad", "accum_grad", 0);
        yield return new OptimizerSlot("accumulated_delta_var", "accumulated_delta_var", "accum_var", 0);
    }

    /// <inheritdoc/>
    protected override OptimizerUpdate<T> Apply<T>(IOperators<T> op, OptimizerStep<T> step)
    {
        var gradients = Mix(op, step.Slots[0], op.Square(step.Gradient));
        var change = op.Divide(op.Multiply(Root(op, step.Slots[1]), step.Gradient), Root(op, gradients));
        var changes = Mix(op, step.Slots[1], op.Square(change));
        return new OptimizerUpdate<T>(op.Subtract(step.Variable, op.Multiply(change, step.LearningRate)), [gradients, changes]);
    }

    private T Mix<T>(IOperators<T> op, T average, T value)
        where T : class => op.Add(op.Multiply(average, Rho), op.Multiply(value, 1 - Rho));

    private T Root<T>(IOperators<T> op, T x)
        where T : class => op.Sqrt(op.Add(x, Epsilon));
}
