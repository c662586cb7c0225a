using ModelTools.Diagnostics;
using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Training;

/// <summary>A figure that a training or an evaluation reports. Keras: <c>keras.metrics.Metric</c>.</summary>
/// <remarks>Immutable; what it gathers is a <see cref="MetricState{T}"/>. A class whose name ends in <c>Metric</c> is known to Keras without it.</remarks>
public abstract record Metric : KerasObject
{
    private const string Suffix = "Metric";

    /// <inheritdoc/>
    public override string ClassName => GetType().Name is var name && name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;

    /// <summary>Name in logs; Keras's default is the class name in snake case.</summary>
    public string Name
    {
        get => field ?? DefaultName;
        init;
    }

    /// <summary>Type of what is gathered; null for Keras's default.</summary>
    [ConfigKey("dtype")]
    public DType? DType { get; init; } = Tensors.DType.Float32;

    /// <summary>Whose way of counting is used where the generations differ.</summary>
    [ConfigIgnore]
    public KerasDialect Dialect { get; init; } = KerasDialect.Keras3;

    /// <summary>Keras's default for <see cref="Name"/>.</summary>
    protected virtual string DefaultName => SnakeCase.Of(ClassName);

    /// <summary>Checks the options.</summary>
    /// <exception cref="ModelToolsException">MT6004: an option is not valid.</exception>
    public virtual void Validate()
    {
    }

    /// <summary>The metric to compute for data of given shapes: this one, unless it is only a name such as <c>accuracy</c>.</summary>
    /// <param name="target">Shape of the target, batch first.</param>
    /// <param name="prediction">Shape of the model's output.</param>
    /// <exception cref="ModelToolsException">MT6006: there is no metric of that name.</exception>
    public virtual Metric Resolve(Shape target, Shape prediction) => this;

    /// <summary>Adds a batch to what has been gathered.</summary>
    /// <param name="op">The operators.</param>
    /// <param name="state">What the batches before gave; null for the first.</param>
    /// <param name="target">What the model should have answered.</param>
    /// <param name="prediction">What it answered, batch first.</param>
    /// <param name="sampleWeight">Weights per sample, or null.</param>
    /// <param name="mask">The output's mask: false for steps that do not count; or null.</param>
    public MetricState<T> Update<T>(IOperators<T> op, MetricState<T>? state, T target, T prediction, T? sampleWeight = null, T? mask = null)
        where T : class
    {
        prediction = op.AsFloat(prediction);
        var weights = sampleWeight is null ? null : op.CastLike(sampleWeight, prediction);
        if (mask is not null)
        {
            var valid = op.CastLike(mask, prediction);
            weights = weights is null ? valid : op.Multiply(op.AlignWeights(valid, weights), valid);
        }

        var batch = Batch(op, target, prediction, weights);
        return new MetricState<T>(state is null ? batch : [.. state.Values.Zip(batch, op.Add)]);
    }

    /// <summary>The figure: a scalar, or one number per threshold or class where the metric says so.</summary>
    /// <param name="op">The operators.</param>
    /// <param name="state">What the batches gave.</param>
    public abstract T Result<T>(IOperators<T> op, MetricState<T> state)
        where T : class;

    /// <summary>What one batch adds to each value of the state.</summary>
    protected abstract IReadOnlyList<T> Batch<T>(IOperators<T> op, T target, T prediction, T? weights)
        where T : class;

    /// <summary>Throws MT6004 unless a condition holds.</summary>
    protected void Require(bool holds, string rule)
    {
        if (!holds)
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, $"The metric {Name} is not valid: {rule}.");
        }
    }
}
