using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>Adam whose step is scaled to the norm of each variable (arXiv:1904.00962). Keras: <c>keras.optimizers.Lamb</c>.</summary>
public sealed record Lamb : GradientOptimizer
{
    /// <summary>Decay of the mean gradient.</summary>
    [ConfigKey("beta_1")]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the mean squared gradient.</summary>
    [ConfigKey("beta_2")]
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Keeps the divisor away from 0.</summary>
    public double Epsilon { get; init; } = 1e-7;

    /// <inheritdoc/>
    protected override bool TreatsElementsAlone => false;

    /// <inheritdoc/>
    protected override IEnumerable<OptimizerSlot> OwnSlots()
    {
        yield return new OptimizerSlot("momentum", "m", "m", 0);
        yield return new OptimizerSlot("velocity", "v", "v", 0);
    }

    /// <inheritdoc/>
    protected override OptimizerUpdate<T> Apply<T>(IOperators<T> op, OptimizerStep<T> step)
    {
        var dtype = op.DTypeOf(step.Variable);
        var mean = Adam.Toward(op, step.Slots[0], step.Gradient, 1 - Beta1);
        var square = Adam.Toward(op, step.Slots[1], op.Square(step.Gradient), 1 - Beta2);
        var spread = op.Sqrt(op.Multiply(square, 1 / (1 - StepNumbers.Power(dtype, Beta2, step.Iteration + 1))));
        var move = op.Divide(op.Multiply(mean, 1 / (1 - StepNumbers.Power(dtype, Beta1, step.Iteration + 1))), op.Add(spread, Epsilon));
        return new OptimizerUpdate<T>(op.Subtract(step.Variable, op.Multiply(op.Multiply(move, Ratio(op, step.Variable, move)), step.LearningRate)), [mean, square]);
    }

    // ‖variable‖ / ‖move‖, and 1 where one of them is 0.
    private static T Ratio<T>(IOperators<T> op, T variable, T move)
        where T : class
    {
        var (length, step) = (Norm(op, variable), Norm(op, move));
        var bothPositive = op.Binary(BinaryOperator.LogicalAnd, op.IsGreater(length, 0), op.IsGreater(step, 0));
        return op.Select(bothPositive, op.DivideNoNaN(length, step), op.Scalar(1, length));
    }

    private static T Norm<T>(IOperators<T> op, T x)
        where T : class => op.Sqrt(op.SumAll(op.Square(x)));
}
