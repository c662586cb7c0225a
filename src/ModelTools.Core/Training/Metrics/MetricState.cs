namespace ModelTools.Training;

/// <summary>What a metric has gathered so far, as tensors: nothing is read back until the result is wanted.</summary>
/// <typeparam name="T">The operators' tensor.</typeparam>
/// <param name="Values">The values, in Keras's order of the metric's variables.</param>
public sealed record MetricState<T>(IReadOnlyList<T> Values)
    where T : class;
