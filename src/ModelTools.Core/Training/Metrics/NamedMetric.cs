using ModelTools.Diagnostics;
using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Training;

/// <summary>A metric that is given by its name only, as in <c>metrics=["accuracy"]</c>; files keep the name.</summary>
/// <remarks><c>accuracy</c>, <c>acc</c>, <c>crossentropy</c> and <c>ce</c> mean what fits the data's shapes, as in Keras.</remarks>
/// <param name="Identifier">The name, which is also the one in logs.</param>
[NotInRegistry]
public sealed record NamedMetric(string Identifier) : Metric
{
    /// <inheritdoc/>
    public override string ClassName => Identifier;

    /// <inheritdoc/>
    protected override string DefaultName => Identifier;

    /// <inheritdoc/>
    public override Metric Resolve(Shape target, Shape prediction)
    {
        var kind = TargetKinds.Of(target, prediction);
        Metric found = Identifier switch
        {
            "accuracy" or "acc" => kind switch
            {
                TargetKind.Binary => new BinaryAccuracy(),
                TargetKind.ClassNumbers => new SparseCategoricalAccuracy(),
                _ => new CategoricalAccuracy(),
            },
            "crossentropy" or "ce" => kind switch
            {
                TargetKind.Binary => new BinaryCrossentropyMetric(),
                TargetKind.ClassNumbers => new SparseCategoricalCrossentropyMetric(),
                _ => new CategoricalCrossentropyMetric(),
            },
            _ => Find(Identifier),
        };
        return found with { Name = Name, Dialect = Dialect };
    }

    /// <inheritdoc/>
    public override T Result<T>(IOperators<T> op, MetricState<T> state) => throw Unresolved();

    /// <inheritdoc/>
    protected override IReadOnlyList<T> Batch<T>(IOperators<T> op, T target, T prediction, T? weights)
        where T : class => throw Unresolved();

    private static Metric Find(string name)
    {
        var schema = ObjectRegistry<Metric>.Find(name) ?? throw new ModelToolsException(ErrorCode.UnknownName,
            $"There is no metric {name}; known are accuracy, crossentropy, {string.Join(", ", ObjectRegistry<Metric>.All.Select(known => SnakeCase.Of(known.ClassName)))}.");
        return (Metric)schema.Create(new Dictionary<string, object?>());
    }

    private InvalidOperationException Unresolved() => new($"The metric {Identifier} must be resolved before it is computed.");
}
