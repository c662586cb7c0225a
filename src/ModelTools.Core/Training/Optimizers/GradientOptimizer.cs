using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>An optimizer with the options that all of Keras's own ones share: clipping, weight decay, moving average, accumulation.</summary>
/// <remarks>Options are written only where they are set: older optimizers refuse the keys of newer ones.</remarks>
public abstract record GradientOptimizer : Optimizer
{
    /// <inheritdoc/>
    [ConfigKey("learning_rate", Aliases = ["lr"])]
    public override LearningRateSchedule LearningRate { get; init; } = 0.001;

    /// <summary>The part of a variable that is taken away per unit of learning rate, before the update; null for none.</summary>
    [ConfigWrite(OnlyIfSet = true)]
    public virtual double? WeightDecay { get; init; }

    /// <summary>The largest norm of each gradient; null for no limit.</summary>
    [ConfigWrite(OnlyIfSet = true)]
    public double? Clipnorm { get; init; }

    /// <summary>The largest norm of all gradients together; null for no limit.</summary>
    [ConfigWrite(OnlyIfSet = true)]
    public double? GlobalClipnorm { get; init; }

    /// <summary>The largest absolute value in a gradient; null for no limit.</summary>
    [ConfigWrite(OnlyIfSet = true)]
    public double? Clipvalue { get; init; }

    /// <summary>Keep a moving average of the variables, which replaces them at the end of the training.</summary>
    [ConfigWrite(OnlyIfSet = true)]
    public bool UseEma { get; init; }

    /// <summary>How much of the moving average stays in a step.</summary>
    [ConfigWrite(OnlyIfSet = true)]
    public double EmaMomentum { get; init; } = 0.99;

    /// <summary>The moving average replaces the variables every so many steps; null for only at the end.</summary>
    [ConfigWrite(OnlyIfSet = true)]
    public int? EmaOverwriteFrequency { get; init; }

    /// <summary>The training multiplies losses by it, and the optimizer divides gradients, so that small gradients survive half precision; null for 1.</summary>
    [ConfigWrite(Keras2 = false, OnlyIfSet = true)]
    public double? LossScaleFactor { get; init; }

    /// <summary>So many steps' gradients are averaged before variables change; null for 1.</summary>
    [ConfigWrite(Keras2 = false, OnlyIfSet = true)]
    public int? GradientAccumulationSteps { get; init; }

    /// <summary>Old Keras: the learning rate is divided by 1 + decay · step.</summary>
    [ConfigWrite(Keras3 = false, OnlyIfSet = true)]
    public virtual double Decay { get; init; }

    /// <summary>Keras 2's wish to compile the update; without meaning here.</summary>
    [ConfigWrite(Keras3 = false, OnlyIfSet = true)]
    public bool JitCompile { get; init; }

    /// <summary>Keras 2's mark of its two families, of which the older one does not know this key: a file without it means an old optimizer.</summary>
    [ConfigWrite(Keras3 = false, OnlyIfSet = true)]
    public bool? IsLegacyOptimizer
    {
        get => Generation is OptimizerGeneration.Keras2 ? false : null;
        init => Generation = value switch
        {
            true => OptimizerGeneration.Keras2Legacy,
            false => OptimizerGeneration.Keras2,
            _ => Generation,
        };
    }

    /// <inheritdoc/>
    [ConfigIgnore]
    public override IReadOnlyList<OptimizerSlot> Slots => CommonSlots().Concat(OwnSlots()).ToArray();

    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool IsElementwise => TreatsElementsAlone && !(ClipsByNorm && GradientAccumulationSteps is not null);

    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool ClipsByNorm => Clipnorm > 0 || GlobalClipnorm > 0;

    /// <inheritdoc/>
    [ConfigIgnore]
    public override int? AverageSlot => UseEma ? 0 : null;

    /// <inheritdoc/>
    [ConfigIgnore]
    public override double LossScale => LossScaleFactor ?? 1;

    /// <summary>True if the optimizer's own formula never looks beyond one element.</summary>
    protected virtual bool TreatsElementsAlone => true;

    /// <summary>True for one of the classes of tf.keras up to 2.10 or older.</summary>
    protected bool IsLegacy => Generation is OptimizerGeneration.Keras2Legacy or OptimizerGeneration.MultiBackend;

    /// <inheritdoc/>
    public override void Validate()
    {
        Require(new[] { Clipnorm, GlobalClipnorm, Clipvalue }.Count(limit => limit is not null) <= 1, "only one of Clipnorm, GlobalClipnorm and Clipvalue can be set");
        Require(GradientAccumulationSteps is null or >= 2, "GradientAccumulationSteps is at least 2");
        Require(GradientAccumulationSteps is null || GlobalClipnorm is null, "GlobalClipnorm does not go with GradientAccumulationSteps");
        Require(EmaOverwriteFrequency is null or >= 1, "EmaOverwriteFrequency is at least 1");
        Require(EmaMomentum is >= 0 and <= 1, "EmaMomentum lies between 0 and 1");
    }

    /// <inheritdoc/>
    public override double LearningRateAt(long iteration, double? current = null)
    {
        var rate = base.LearningRateAt(iteration, current);
        return Decay > 0 ? rate / (1 + (Decay * iteration)) : rate;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<T> Clip<T>(IOperators<T> op, IReadOnlyList<T> gradients) =>
        GradientAccumulationSteps is null ? GradientClipping.Apply(this, op, [.. gradients.Select(gradient => Unscaled(op, gradient))]) : gradients;

    /// <inheritdoc/>
    public sealed override OptimizerUpdate<T> Update<T>(IOperators<T> op, OptimizerStep<T> step)
    {
        var common = CommonSlots().Count();
        var own = step with { Slots = [.. step.Slots.Skip(common)] };
        var (update, accumulator) = GradientAccumulationSteps is { } steps
            ? Accumulate(op, own, op.Add(step.Slots[common - 1], Unscaled(op, step.Gradient)), steps)
            : (ApplyDecayed(op, own), null);
        var variable = update.Variable;
        List<T> slots = [];
        if (UseEma)
        {
            var iteration = step.Iteration / (GradientAccumulationSteps ?? 1);
            var average = Average(op, step.Slots[0], variable, iteration);
            slots.Add(average);
            variable = EmaOverwriteFrequency is { } frequency && (iteration + 1) % frequency == 0 ? average : variable;
        }

        if (accumulator is not null)
        {
            slots.Add(accumulator);
        }

        return new OptimizerUpdate<T>(variable, [.. slots, .. update.Slots]);
    }

    /// <summary>The slots of the optimizer's own formula.</summary>
    protected abstract IEnumerable<OptimizerSlot> OwnSlots();

    /// <summary>The optimizer's own formula, on its own slots.</summary>
    protected abstract OptimizerUpdate<T> Apply<T>(IOperators<T> op, OptimizerStep<T> step)
        where T : class;

    /// <summary>The weight decay of one variable.</summary>
    protected virtual double? DecayOf<T>(IOperators<T> op, OptimizerStep<T> step)
        where T : class => WeightDecay;

    private IEnumerable<OptimizerSlot> CommonSlots()
    {
        if (UseEma)
        {
            yield return new OptimizerSlot("average", "average", "average", -2) { StartsAsVariable = Generation is not OptimizerGeneration.Keras3 };
        }

        if (GradientAccumulationSteps is not null)
        {
            yield return new OptimizerSlot("gradient_accumulator", "gradient_accumulator", "gradient_accumulator", -1);
        }
    }

    // Gradients are gathered; every so many steps their mean is applied, and the optimizer's own steps count only those.
    private (OptimizerUpdate<T> Update, T Accumulator) Accumulate<T>(IOperators<T> op, OptimizerStep<T> step, T sum, int steps)
        where T : class
    {
        if ((step.Iteration + 1) % steps != 0)
        {
            return (new OptimizerUpdate<T>(step.Variable, step.Slots), sum);
        }

        var gradient = GradientClipping.Apply(this, op, [op.Multiply(sum, 1.0 / steps)])[0];
        return (ApplyDecayed(op, step with { Gradient = gradient, Iteration = step.Iteration / steps }), op.Multiply(sum, 0));
    }

    private OptimizerUpdate<T> ApplyDecayed<T>(IOperators<T> op, OptimizerStep<T> step)
        where T : class => Apply(op, DecayOf(op, step) is { } decay
            ? step with { Variable = op.Subtract(step.Variable, op.Multiply(step.Variable, decay * step.LearningRate)) }
            : step);

    private T Unscaled<T>(IOperators<T> op, T gradient)
        where T : class => LossScaleFactor is { } factor ? op.Multiply(gradient, 1 / factor) : gradient;

    private T Average<T>(IOperators<T> op, T average, T variable, long iteration)
        where T : class
    {
        // Keras 3's average starts with the first result, Keras 2's with the value before it.
        var momentum = Generation is OptimizerGeneration.Keras3 && iteration == 0 ? 0 : EmaMomentum;
        return op.Add(op.Multiply(average, momentum), op.Multiply(variable, 1 - momentum));
    }
}
