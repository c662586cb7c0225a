using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Training;

/// <summary>Adam with Nesterov's momentum and a schedule of the momentum. Keras: <c>keras.optimizers.Nadam</c>.</summary>
/// <remarks>
/// tf.keras from 2.11 multiplies the product of its momenta by mistake once per variable where it runs as a graph; this is the formula that it means.
/// </remarks>
public sealed record Nadam : GradientOptimizer
{
    private const double LegacyDecay = 0.004;

    /// <summary>Decay of the mean gradient.</summary>
    [ConfigKey("beta_1")]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the mean squared gradient.</summary>
    [ConfigKey("beta_2")]
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Keeps the divisor away from 0.</summary>
    public double Epsilon { get; init; } = 1e-7;

    /// <summary>tf.keras up to 2.10: how fast the momentum's schedule moves (0.004); not a decay of the learning rate.</summary>
    [ConfigKey("decay", Aliases = ["schedule_decay"])]
    public override double Decay { get; init; }

    /// <inheritdoc/>
    [ConfigIgnore]
    public override IReadOnlyList<SharedValue> Shared { get; } = [new SharedValue("variable", "momentum_cache", 1)];

    /// <inheritdoc/>
    public override double LearningRateAt(long iteration, double? current = null) =>
        LearningRate is ConstantLearningRate constant ? current ?? constant.Value : LearningRate.At(iteration);

    /// <inheritdoc/>
    public override IReadOnlyList<double> AdvanceShared(IReadOnlyList<double> shared, long iteration) => [(float)(shared[0] * MomentumAt(DType.Float32, iteration + 1))];

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
        var (now, next) = (MomentumAt(dtype, step.Iteration + 1), MomentumAt(dtype, step.Iteration + 2));
        var product = step.Shared[0];
        var mean = Adam.Toward(op, step.Slots[0], step.Gradient, StepNumbers.OneMinus(dtype, Beta1));
        var square = Adam.Toward(op, step.Slots[1], op.Square(step.Gradient), StepNumbers.OneMinus(dtype, Beta2));
        var ahead = op.Add(op.Multiply(mean, next / (1 - (product * next))), op.Multiply(step.Gradient, (1 - now) / (1 - product)));
        var spread = op.Sqrt(op.Multiply(square, 1 / (1 - StepNumbers.Power(dtype, Beta2, step.Iteration + 1))));
        return new OptimizerUpdate<T>(op.Subtract(step.Variable, op.Divide(op.Multiply(ahead, step.LearningRate), op.Add(spread, Epsilon))), [mean, square]);
    }

    private double MomentumAt(DType dtype, long step)
    {
        var pace = IsLegacy ? (Decay > 0 ? Decay : LegacyDecay) : 1;
        return Beta1 * (1 - (0.5 * StepNumbers.Power(dtype, 0.96, pace * step)));
    }
}
