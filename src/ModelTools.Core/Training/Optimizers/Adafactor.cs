using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>Keeps squared gradients only as means of rows and columns (arXiv:1804.04235). Keras: <c>keras.optimizers.Adafactor</c>.</summary>
public sealed record Adafactor : GradientOptimizer
{
    /// <summary>How the decay of the mean squares approaches 1: 1 - step^this.</summary>
    [ConfigKey("beta_2_decay")]
    public double Beta2Decay { get; init; } = -0.8;

    /// <summary>Added to squared gradients.</summary>
    [ConfigKey("epsilon_1")]
    public double Epsilon1 { get; init; } = 1e-30;

    /// <summary>The least scale of a variable.</summary>
    [ConfigKey("epsilon_2")]
    public double Epsilon2 { get; init; } = 1e-3;

    /// <summary>The largest root mean square of a step.</summary>
    public double ClipThreshold { get; init; } = 1;

    /// <summary>Let the learning rate fall with 1 / √step.</summary>
    public bool RelativeStep { get; init; } = true;

    /// <inheritdoc/>
    protected override bool TreatsElementsAlone => false;

    /// <inheritdoc/>
    protected override IEnumerable<OptimizerSlot> OwnSlots()
    {
        yield return new OptimizerSlot("row", "r", "r", 0) { Shape = SlotShape.Rows };
        yield return new OptimizerSlot("column", "c", "c", 0) { Shape = SlotShape.Columns };
        yield return new OptimizerSlot("velocity", "v", "v", 0);
    }

    /// <inheritdoc/>
    protected override OptimizerUpdate<T> Apply<T>(IOperators<T> op, OptimizerStep<T> step)
    {
        var number = step.Iteration + 1;
        var limit = 1 / Math.Sqrt(number);
        var pace = Math.Min(step.LearningRate, limit);
        var decay = 1 - Math.Pow(number, Beta2Decay);
        var squares = op.Add(op.Square(step.Gradient), Epsilon1);
        var (rows, columns, square) = (step.Slots[0], step.Slots[1], step.Slots[2]);
        if (op.RankOf(step.Variable) >= 2)
        {
            rows = Mix(op, rows, op.Mean(squares, [-1]), decay);
            columns = Mix(op, columns, op.Mean(squares, [-2]), decay);
            square = op.Multiply(op.ExpandDimensions(op.Divide(rows, op.Mean(rows, [-1], true)), -1), op.ExpandDimensions(columns, -2));
        }
        else
        {
            square = Mix(op, square, squares, decay);
        }

        var move = op.Divide(step.Gradient, op.Sqrt(square));
        move = op.Divide(move, op.Maximum(op.Multiply(RootMeanSquare(op, move), 1 / ClipThreshold), 1));
        var rate = op.Multiply(op.Maximum(RootMeanSquare(op, step.Variable), Epsilon2), pace);
        return new OptimizerUpdate<T>(op.Subtract(step.Variable, op.Multiply(move, rate)), [rows, columns, square]);
    }

    private static T Mix<T>(IOperators<T> op, T average, T value, double decay)
        where T : class => op.Add(op.Multiply(average, decay), op.Multiply(value, 1 - decay));

    private static T RootMeanSquare<T>(IOperators<T> op, T x)
        where T : class => op.Sqrt(op.MeanAll(op.Square(x)));
}
