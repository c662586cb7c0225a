using ModelTools.Diagnostics;
using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Training;

/// <summary>What a training makes small: the distance of a prediction from its target. Keras: <c>keras.losses.Loss</c>.</summary>
/// <remarks>Values are computed in float32 (float64 for float64 predictions).</remarks>
public abstract record Loss : KerasObject
{
    /// <summary>Name in logs; Keras's default is the class name in snake case.</summary>
    public string Name
    {
        get => field ?? DefaultName;
        init;
    }

    /// <summary>How the values per sample become one number.</summary>
    public LossReduction Reduction { get; init; } = LossReduction.SumOverBatchSize;

    /// <summary>Whose formula is used where the generations differ.</summary>
    [ConfigIgnore]
    public KerasDialect Dialect { get; init; } = KerasDialect.Keras3;

    /// <summary>Keras's default for <see cref="Name"/>.</summary>
    protected virtual string DefaultName => SnakeCase.Of(ClassName);

    /// <summary>True if the target holds class numbers, which keep their type.</summary>
    protected virtual bool TakesClassNumbers => false;

    /// <summary>The loss to compute for data of given shapes: this one, unless it is only a name such as <c>crossentropy</c>.</summary>
    /// <param name="target">Shape of the target, batch first.</param>
    /// <param name="prediction">Shape of the model's output.</param>
    /// <exception cref="ModelToolsException">MT6006: there is no loss of that name.</exception>
    public virtual Loss Resolve(Shape target, Shape prediction) => this;

    /// <summary>The values before the reduction: one per sample (and step or place).</summary>
    /// <param name="op">The operators.</param>
    /// <param name="target">What the model should have answered.</param>
    /// <param name="prediction">What it answered, batch first.</param>
    public T PerSample<T>(IOperators<T> op, T target, T prediction)
        where T : class
    {
        (target, prediction) = Prepare(op, target, prediction);
        return Call(op, target, prediction);
    }

    /// <summary>The loss of a batch.</summary>
    /// <param name="op">The operators.</param>
    /// <param name="target">What the model should have answered.</param>
    /// <param name="prediction">What it answered, batch first.</param>
    /// <param name="sampleWeight">Weights that broadcast against the values per sample, or null.</param>
    /// <param name="mask">The output's mask: false for steps that do not count; or null.</param>
    /// <returns>A scalar; the values themselves for <see cref="LossReduction.None"/>.</returns>
    public T Compute<T>(IOperators<T> op, T target, T prediction, T? sampleWeight = null, T? mask = null)
        where T : class
    {
        (target, prediction) = Prepare(op, target, prediction);
        var values = Call(op, target, prediction);
        if (MaskOf(op, target, values) is { } own)
        {
            mask = mask is null ? own : op.Binary(BinaryOperator.LogicalAnd, op.Cast(mask, DType.Bool), own);
        }

        var weights = Weights(op, values, sampleWeight, mask);
        if (weights is not null)
        {
            values = op.Multiply(values, weights);
        }

        return Reduce(op, values, weights);
    }

    /// <summary>Keras's function of the loss, on aligned ranks and types.</summary>
    protected abstract T Call<T>(IOperators<T> op, T target, T prediction)
        where T : class;

    /// <summary>False for values that do not count by the loss's own rule, or null.</summary>
    protected virtual T? MaskOf<T>(IOperators<T> op, T target, T values)
        where T : class => null;

    private (T Target, T Prediction) Prepare<T>(IOperators<T> op, T target, T prediction)
        where T : class
    {
        prediction = op.AsFloat(prediction);
        return op.AlignRanks(TakesClassNumbers ? target : op.CastLike(target, prediction), prediction);
    }

    private T? Weights<T>(IOperators<T> op, T values, T? sampleWeight, T? mask)
        where T : class
    {
        var weights = sampleWeight is null ? null : op.AlignWeights(values, op.CastLike(sampleWeight, values));
        if (mask is null)
        {
            return weights;
        }

        var valid = op.CastLike(mask, values);
        if (Reduction is LossReduction.SumOverBatchSize or LossReduction.Mean)
        {
            // The mean is taken over all values later; this makes it one over the valid ones.
            valid = op.Multiply(valid, op.DivideNoNaN(op.CountOf(valid, op.DTypeOf(values)), op.SumAll(valid)));
        }

        valid = op.AlignWeights(values, valid);
        return weights is null ? valid : op.Multiply(weights, valid);
    }

    private T Reduce<T>(IOperators<T> op, T values, T? weights)
        where T : class
    {
        if (Reduction is LossReduction.None || op.RankOf(values) == 0)
        {
            return values;
        }

        var sum = op.SumAll(values);
        return Reduction switch
        {
            LossReduction.Sum => sum,
            LossReduction.MeanWithSampleWeight when weights is not null => op.DivideNoNaN(sum, op.SumAll(weights)),
            _ => op.DivideNoNaN(sum, op.CountOf(values, op.DTypeOf(values))),
        };
    }
}
