using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Training;

/// <summary>Keras's wrapper for training in half precision, which scales the loss while gradients are computed. Keras: <c>keras.optimizers.LossScaleOptimizer</c>.</summary>
/// <remarks>
/// Gradients here do not need the scale; the inner optimizer gets them as they are. The scale and its counter are kept and grow as Keras's do, so that a training
/// goes on in Keras with the same state.
/// </remarks>
/// <param name="InnerOptimizer">The optimizer that does the work.</param>
[ObjectAlias("LossScaleOptimizerV3")]
public sealed record LossScaleOptimizer(Optimizer InnerOptimizer) : Optimizer
{
    /// <summary>Number of the wrapper's own shared values; the inner optimizer's follow.</summary>
    internal const int OwnShared = 2;

    /// <inheritdoc/>
    [ConfigWrite(Keras2 = false)]
    public override string Name
    {
        get => field ?? SnakeCase.Of(ClassName);
        init;
    }

    /// <summary>Let the scale change; Keras 3 always does.</summary>
    [ConfigWrite(Keras3 = false)]
    public bool Dynamic { get; init; } = true;

    /// <summary>The first scale.</summary>
    public double InitialScale { get; init; } = 32768;

    /// <summary>The scale doubles after so many steps with finite gradients.</summary>
    public int DynamicGrowthSteps { get; init; } = 2000;

    /// <inheritdoc/>
    [ConfigIgnore]
    public override LearningRateSchedule LearningRate
    {
        get => InnerOptimizer.LearningRate;
        init => InnerOptimizer = InnerOptimizer with { LearningRate = value };
    }

    /// <inheritdoc/>
    [ConfigIgnore]
    public override OptimizerGeneration Generation
    {
        get => InnerOptimizer?.Generation ?? OptimizerGeneration.Keras3;
        init => InnerOptimizer = InnerOptimizer with { Generation = value };
    }

    /// <inheritdoc/>
    [ConfigIgnore]
    public override IReadOnlyList<OptimizerSlot> Slots => InnerOptimizer.Slots;

    /// <inheritdoc/>
    [ConfigIgnore]
    public override IReadOnlyList<SharedValue> Shared =>
        [new SharedValue("step_counter", null, 0) { DType = DType.Int32 }, new SharedValue("dynamic_scale", null, InitialScale), .. InnerOptimizer.Shared];

    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool IsElementwise => InnerOptimizer.IsElementwise;

    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool ClipsByNorm => InnerOptimizer.ClipsByNorm;

    /// <inheritdoc/>
    [ConfigIgnore]
    public override int? AverageSlot => InnerOptimizer.AverageSlot;

    /// <inheritdoc/>
    [ConfigIgnore]
    public override double LossScale => InnerOptimizer.LossScale;

    /// <inheritdoc/>
    public override void Validate()
    {
        Require(InitialScale > 0 && DynamicGrowthSteps > 0, "InitialScale and DynamicGrowthSteps are greater than 0");
        InnerOptimizer.Validate();
    }

    /// <inheritdoc/>
    public override double LearningRateAt(long iteration, double? current = null) => InnerOptimizer.LearningRateAt(iteration, current);

    /// <inheritdoc/>
    public override IReadOnlyList<double> AdvanceShared(IReadOnlyList<double> shared, long iteration)
    {
        var grows = (long)shared[0] == DynamicGrowthSteps - 1;
        double[] own = grows ? [0, Math.Min(shared[1] * 2, float.MaxValue)] : [shared[0] + 1, shared[1]];
        return [.. own, .. InnerOptimizer.AdvanceShared([.. shared.Skip(OwnShared)], iteration)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<T> Clip<T>(IOperators<T> op, IReadOnlyList<T> gradients) => InnerOptimizer.Clip(op, gradients);

    /// <inheritdoc/>
    public override OptimizerUpdate<T> Update<T>(IOperators<T> op, OptimizerStep<T> step) => InnerOptimizer.Update(op, step with { Shared = [.. step.Shared.Skip(OwnShared)] });

    /// <inheritdoc/>
    protected internal override bool Stores(OptimizerSlot slot, OptimizerVariable variable) => InnerOptimizer.Stores(slot, variable);
}
