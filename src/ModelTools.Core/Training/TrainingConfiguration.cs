using System.Collections.Immutable;
using ModelTools.Objects;

namespace ModelTools.Training;

/// <summary>How a model is trained and measured: what <c>compile</c> sets in Keras, and files keep as <c>training_config</c> or <c>compile_config</c>.</summary>
public sealed record TrainingConfiguration
{
    /// <summary>The optimizer; null where the file has none.</summary>
    public Optimizer? Optimizer { get; init; }

    /// <summary>The losses; null: only the losses that layers add.</summary>
    public PerOutput<Loss>? Loss { get; init; }

    /// <summary>Weights of the outputs' losses in the sum; null for 1.</summary>
    public PerOutput<double?>? LossWeights { get; init; }

    /// <summary>Metrics that ignore sample weights.</summary>
    public PerOutput<IReadOnlyList<Metric>>? Metrics { get; init; }

    /// <summary>Metrics that use sample weights.</summary>
    public PerOutput<IReadOnlyList<Metric>>? WeightedMetrics { get; init; }

    /// <summary>Members of the file that are not known here: key and JSON text. They are written back.</summary>
    public ImmutableSortedDictionary<string, string> UnknownMembers { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>For instance <c>Adam, loss mse, metrics [accuracy]</c>.</summary>
    public override string ToString() => string.Join(", ", new[]
    {
        Optimizer?.ToString(),
        Loss is null ? null : $"loss {Loss}",
        Metrics is null ? null : $"metrics {Metrics}",
        WeightedMetrics is null ? null : $"weighted metrics {WeightedMetrics}",
    }.Where(part => part is not null));

    /// <summary>The same with every loss and metric computed as a generation of Keras does.</summary>
    public TrainingConfiguration For(KerasDialect dialect) => this with
    {
        Loss = Loss?.Select(loss => loss with { Dialect = dialect }),
        Metrics = Metrics?.Select(list => [.. list.Select(metric => metric with { Dialect = dialect })]),
        WeightedMetrics = WeightedMetrics?.Select(list => [.. list.Select(metric => metric with { Dialect = dialect })]),
    };
}
