using ModelTools.Diagnostics;
using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Training;

/// <summary>Turns gradients into new values of the variables. Keras: <c>keras.optimizers.Optimizer</c>.</summary>
/// <remarks>
/// Immutable; what changes is the <see cref="OptimizerState"/>. A training clips the gradients of all variables (<see cref="Clip"/>), advances the shared
/// values once (<see cref="AdvanceShared"/>), updates each variable (<see cref="Update"/>) and then applies the variables' constraints.
/// </remarks>
public abstract record Optimizer : KerasObject
{
    /// <summary>Name in files and logs; Keras's default is the class name, in Keras 3 in snake case.</summary>
    public string Name
    {
        get => field ?? (Generation is OptimizerGeneration.Keras3 ? SnakeCase.Of(ClassName) : ClassName);
        init;
    }

    /// <summary>The learning rate: a number or a schedule.</summary>
    [ConfigKey("learning_rate", Aliases = ["lr"])]
    public virtual LearningRateSchedule LearningRate { get; init; } = 0.001;

    /// <summary>The part of a variable that is taken away per unit of learning rate, before the update; null for none.</summary>
    public virtual double? WeightDecay { get; init; }

    /// <summary>The largest norm of each gradient; null for no limit.</summary>
    public double? Clipnorm { get; init; }

    /// <summary>The largest norm of all gradients together; null for no limit.</summary>
    public double? GlobalClipnorm { get; init; }

    /// <summary>The largest absolute value in a gradient; null for no limit.</summary>
    public double? Clipvalue { get; init; }

    /// <summary>Keep a moving average of the variables, which replaces them at the end of the training.</summary>
    public bool UseEma { get; init; }

    /// <summary>How much of the moving average stays in a step.</summary>
    public double EmaMomentum { get; init; } = 0.99;

    /// <summary>The moving average replaces the variables every so many steps; null for only at the end.</summary>
    public int? EmaOverwriteFrequency { get; init; }

    /// <summary>Losses are multiplied by it and gradients divided, so that small gradients survive half precision; null for 1.</summary>
    [ConfigWrite(Keras2 = false)]
    public double? LossScaleFactor { get; init; }

    /// <summary>So many steps' gradients are averaged before variables change; null for 1.</summary>
    [ConfigWrite(Keras2 = false)]
    public int? GradientAccumulationSteps { get; init; }

    /// <summary>Old Keras: the learning rate is divided by 1 + decay · step.</summary>
    [ConfigWrite(Keras3 = false, OnlyIfSet = true)]
    public virtual double Decay { get; init; }

    /// <summary>Whose formulas and names apply.</summary>
    [ConfigIgnore]
    public OptimizerGeneration Generation { get; init; }

    /// <summary>The tensors kept for each variable, in the order that <see cref="OptimizerStep{T}.Slots"/> has.</summary>
    [ConfigIgnore]
    public IReadOnlyList<OptimizerSlot> Slots => [.. CommonSlots(), .. OwnSlots()];

    /// <summary>The numbers kept for all variables together.</summary>
    [ConfigIgnore]
    public virtual IReadOnlyList<SharedValue> Shared => [];

    /// <summary>True if each element is updated by itself, so that all variables may be updated as one buffer.</summary>
    [ConfigIgnore]
    public bool IsElementwise => TreatsElementsAlone && !(ClipsByNorm && GradientAccumulationSteps is not null);

    /// <summary>True if clipping needs to know which elements belong to one variable.</summary>
    [ConfigIgnore]
    public bool ClipsByNorm => Clipnorm > 0 || GlobalClipnorm > 0;

    /// <summary>True if the optimizer's own formula never looks beyond one element.</summary>
    protected virtual bool TreatsElementsAlone => true;

    /// <summary>True if tf.keras up to 2.10 stored the slots variable by variable, as Ftrl does.</summary>
    protected internal virtual bool LegacySlotsAreInterleaved => false;

    /// <summary>True for one of the classes of tf.keras up to 2.10 or older.</summary>
    protected bool IsLegacy => Generation is OptimizerGeneration.Keras2Legacy or OptimizerGeneration.MultiBackend;

    /// <summary>Checks the options.</summary>
    /// <exception cref="ModelToolsException">MT6004: an option is not valid.</exception>
    public virtual void Validate()
    {
        Require(new[] { Clipnorm, GlobalClipnorm, Clipvalue }.Count(limit => limit is not null) <= 1, "only one of Clipnorm, GlobalClipnorm and Clipvalue can be set");
        Require(GradientAccumulationSteps is null or >= 2, "GradientAccumulationSteps is at least 2");
        Require(GradientAccumulationSteps is null || GlobalClipnorm is null, "GlobalClipnorm does not go with GradientAccumulationSteps");
        Require(EmaOverwriteFrequency is null or >= 1, "EmaOverwriteFrequency is at least 1");
        Require(EmaMomentum is >= 0 and <= 1, "EmaMomentum lies between 0 and 1");
    }

    /// <summary>The learning rate of a step.</summary>
    /// <param name="iteration">Steps that are done.</param>
    /// <param name="current">The state's learning rate, where a callback or a file has changed the number; null for the configured one.</param>
    public virtual double LearningRateAt(long iteration, double? current = null)
    {
        var rate = LearningRate is ConstantLearningRate constant ? current ?? constant.Value : LearningRate.At(iteration);
        return Decay > 0 ? rate / (1 + (Decay * iteration)) : rate;
    }

    /// <summary>The shared values of the next step; called once per step, before the variables' updates.</summary>
    /// <param name="shared">The values so far, in the order of <see cref="Shared"/>.</param>
    /// <param name="iteration">Steps that are done.</param>
    public virtual IReadOnlyList<double> AdvanceShared(IReadOnlyList<double> shared, long iteration) => shared;

    /// <summary>Limits gradients by value, by norm or by their common norm; with gradient accumulation they pass as they are.</summary>
    /// <param name="op">The operators.</param>
    /// <param name="gradients">The gradients of all variables.</param>
    public virtual IReadOnlyList<T> Clip<T>(IOperators<T> op, IReadOnlyList<T> gradients)
        where T : class => GradientAccumulationSteps is null ? GradientClipping.Apply(this, op, gradients) : gradients;

    /// <summary>Updates one variable, or several joined into one where <see cref="IsElementwise"/> allows it.</summary>
    /// <param name="op">The operators.</param>
    /// <param name="step">The variable, its gradient and its slots.</param>
    public OptimizerUpdate<T> Update<T>(IOperators<T> op, OptimizerStep<T> step)
        where T : class
    {
        var common = CommonSlots().Count();
        var own = step with { Slots = [.. step.Slots.Skip(common)] };
        var gradient = LossScaleFactor is { } factor ? op.Multiply(step.Gradient, 1 / factor) : step.Gradient;
        var accumulator = GradientAccumulationSteps is null ? null : op.Add(step.Slots[common - 1], gradient);
        OptimizerUpdate<T> update;
        if (accumulator is not null && (step.Iteration + 1) % GradientAccumulationSteps != 0)
        {
            update = new OptimizerUpdate<T>(step.Variable, own.Slots);
        }
        else
        {
            var steps = GradientAccumulationSteps ?? 1;
            if (accumulator is not null)
            {
                gradient = GradientClipping.Apply(this, op, [op.Multiply(accumulator, 1.0 / steps)])[0];
                accumulator = op.Multiply(accumulator, 0);
            }

            update = Apply(op, own with { Gradient = gradient, Iteration = step.Iteration / steps, Variable = Decayed(op, step) });
        }

        var variable = update.Variable;
        List<T> slots = [];
        if (UseEma)
        {
            var average = Average(op, step.Slots[0], variable, step.Iteration / (GradientAccumulationSteps ?? 1));
            slots.Add(average);
            variable = EmaOverwriteFrequency is { } frequency && ((step.Iteration / (GradientAccumulationSteps ?? 1)) + 1) % frequency == 0 ? average : variable;
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

    /// <summary>Throws MT6004 unless a condition holds.</summary>
    protected void Require(bool holds, string rule)
    {
        if (!holds)
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, $"The optimizer {ClassName} is not valid: {rule}.");
        }
    }

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

    private T Decayed<T>(IOperators<T> op, OptimizerStep<T> step)
        where T : class => WeightDecay is { } decay ? op.Subtract(step.Variable, op.Multiply(step.Variable, decay * step.LearningRate)) : step.Variable;

    private T Average<T>(IOperators<T> op, T average, T variable, long iteration)
        where T : class
    {
        // Keras 3's average starts with the first result, Keras 2's with the value before it.
        var momentum = Generation is OptimizerGeneration.Keras3 && iteration == 0 ? 0 : EmaMomentum;
        return op.Add(op.Multiply(average, momentum), op.Multiply(variable, 1 - momentum));
    }
}
