using ModelTools.Objects;

namespace ModelTools.Training;

/// <summary>The mean of <see cref="LogCosh"/>. Keras: <c>keras.metrics.LogCoshError</c>.</summary>
[ObjectAlias("log_cosh")]
public sealed record LogCoshError : LossMetric
{
    /// <inheritdoc/>
    protected override string DefaultName => "logcosh";

    /// <inheritdoc/>
    protected override Loss Measure => new LogCosh();
}
