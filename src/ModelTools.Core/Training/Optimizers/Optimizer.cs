using ModelTools.Diagnostics;
using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>Turns gradients into new values of the variables. Keras: <c>keras.optimizers.Optimizer</c>.</summary>
/// <remarks>
/// Immutable; what changes is the <see cref="OptimizerState"/>. A training clips the gradients of all variables (<see cref="Clip"/>), advances the shared
/// values once (<see cref="AdvanceShared"/>), updates each variable (<see cref="Update"/>) and then applies the variables' constraints.
/// </remarks>
public abstract record Optimizer : KerasObject
{
    /// <summary>Name in files and logs; Keras's default is the class name, in Keras 3 in snake case.</summary>
    public virtual string Name
    {
        get => field ?? (Generation is OptimizerGeneration.Keras3 ? SnakeCase.Of(ClassName) : ClassName);
        init;
    }

    /// <summary>The learning rate: a number or a schedule.</summary>
    public abstract LearningRateSchedule LearningRate { get; init; }

    /// <summary>Whose formulas and names apply.</summary>
    [ConfigIgnore]
    public virtual OptimizerGeneration Generation { get; init; }

    /// <summary>The tensors kept for each variable, in the order that <see cref="OptimizerStep{T}.Slots"/> has.</summary>
    [ConfigIgnore]
    public abstract IReadOnlyList<OptimizerSlot> Slots { get; }

    /// <summary>The numbers kept for all variables together.</summary>
    [ConfigIgnore]
    public virtual IReadOnlyList<SharedValue> Shared => [];

    /// <summary>True if each element is updated by itself, so that all variables may be updated as one buffer.</summary>
    [ConfigIgnore]
    public abstract bool IsElementwise { get; }

    /// <summary>True if clipping needs to know which elements belong to one variable.</summary>
    [ConfigIgnore]
    public abstract bool ClipsByNorm { get; }

    /// <summary>The slot whose values replace the variables at the end of a training (their moving average); null if none does.</summary>
    [ConfigIgnore]
    public abstract int? AverageSlot { get; }

    /// <summary>The training multiplies the loss by it before it takes gradients; the optimizer divides them.</summary>
    [ConfigIgnore]
    public abstract double LossScale { get; }

    /// <summary>True if tf.keras up to 2.10 stored the slots variable by variable, as Ftrl does.</summary>
    protected internal virtual bool LegacySlotsAreInterleaved => false;

    /// <summary>Checks the options.</summary>
    /// <exception cref="ModelToolsException">MT6004: an option is not valid.</exception>
    public abstract void Validate();

    /// <summary>The learning rate of a step.</summary>
    /// <param name="iteration">Steps that are done.</param>
    /// <param name="current">The state's learning rate, where a callback or a file has changed the number; null for the configured one.</param>
    public virtual double LearningRateAt(long iteration, double? current = null) =>
        LearningRate is ConstantLearningRate constant ? current ?? constant.Value : LearningRate.At(iteration);

    /// <summary>The shared values of the next step; called once per step, before the variables' updates.</summary>
    /// <param name="shared">The values so far, in the order of <see cref="Shared"/>.</param>
    /// <param name="iteration">Steps that are done.</param>
    public virtual IReadOnlyList<double> AdvanceShared(IReadOnlyList<double> shared, long iteration) => shared;

    /// <summary>Limits gradients by value, by norm or by their common norm; with gradient accumulation they pass as they are.</summary>
    /// <param name="op">The operators.</param>
    /// <param name="gradients">The gradients of all variables.</param>
    public abstract IReadOnlyList<T> Clip<T>(IOperators<T> op, IReadOnlyList<T> gradients)
        where T : class;

    /// <summary>Updates one variable, or several joined into one where <see cref="IsElementwise"/> allows it.</summary>
    /// <param name="op">The operators.</param>
    /// <param name="step">The variable, its gradient and its slots.</param>
    public abstract OptimizerUpdate<T> Update<T>(IOperators<T> op, OptimizerStep<T> step)
        where T : class;

    /// <summary>True if files keep a slot for a variable.</summary>
    protected internal virtual bool Stores(OptimizerSlot slot, OptimizerVariable variable) => true;

    /// <summary>Throws MT6004 unless a condition holds.</summary>
    protected void Require(bool holds, string rule)
    {
        if (!holds)
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, $"The optimizer {ClassName} is not valid: {rule}.");
        }
    }
}
