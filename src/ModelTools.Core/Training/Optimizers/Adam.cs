using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Training;

/// <summary>Adam (arXiv:1412.6980), with AMSGrad as an option. Keras: <c>keras.optimizers.Adam</c>.</summary>
/// <remarks>Epsilon stands outside the root, and the bias is corrected in the learning rate ("epsilon hat" of the paper).</remarks>
public record Adam : GradientOptimizer
{
    /// <summary>Decay of the mean gradient.</summary>
    [ConfigKey("beta_1")]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the mean squared gradient.</summary>
    [ConfigKey("beta_2")]
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Keeps the divisor away from 0.</summary>
    public double Epsilon { get; init; } = 1e-7;

    /// <summary>Divide by the largest mean squared gradient so far.</summary>
    public bool Amsgrad { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<OptimizerSlot> OwnSlots()
    {
        yield return new OptimizerSlot("momentum", "m", "m", 0);
        yield return new OptimizerSlot("velocity", "v", "v", 0);
        if (Amsgrad)
        {
            yield return new OptimizerSlot("velocity_hat", "vhat", "vhat", 1);
        }
    }

    /// <inheritdoc/>
    protected override OptimizerUpdate<T> Apply<T>(IOperators<T> op, OptimizerStep<T> step)
    {
        var dtype = op.DTypeOf(step.Variable);
        var rate = Corrected(dtype, step, Beta1, Beta2);
        var mean = Toward(op, step.Slots[0], step.Gradient, IsLegacy ? StepNumbers.OneMinus(dtype, Beta1) : 1 - Beta1);
        var square = Toward(op, step.Slots[1], op.Square(step.Gradient), IsLegacy ? StepNumbers.OneMinus(dtype, Beta2) : 1 - Beta2);
        var largest = Amsgrad ? op.Maximum(step.Slots[2], square) : square;
        var variable = op.Subtract(step.Variable, op.Divide(op.Multiply(mean, rate), op.Add(op.Sqrt(largest), Epsilon)));
        return new OptimizerUpdate<T>(variable, Amsgrad ? [mean, square, largest] : [mean, square]);
    }

    /// <summary>Adam's formula on the slots mean and mean square.</summary>
    internal static OptimizerUpdate<T> Move<T>(IOperators<T> op, OptimizerStep<T> step, double beta1, double beta2, double epsilon)
        where T : class
    {
        var mean = Toward(op, step.Slots[0], step.Gradient, 1 - beta1);
        var square = Toward(op, step.Slots[1], op.Square(step.Gradient), 1 - beta2);
        var rate = Corrected(op.DTypeOf(step.Variable), step, beta1, beta2);
        return new OptimizerUpdate<T>(op.Subtract(step.Variable, op.Divide(op.Multiply(mean, rate), op.Add(op.Sqrt(square), epsilon))), [mean, square]);
    }

    /// <summary>average + (value - average) · part.</summary>
    internal static T Toward<T>(IOperators<T> op, T average, T value, double part)
        where T : class => op.Add(average, op.Multiply(op.Subtract(value, average), part));

    private static double Corrected<T>(DType dtype, OptimizerStep<T> step, double beta1, double beta2)
        where T : class => step.LearningRate * Math.Sqrt(1 - StepNumbers.Power(dtype, beta2, step.Iteration + 1)) / (1 - StepNumbers.Power(dtype, beta1, step.Iteration + 1));
}
