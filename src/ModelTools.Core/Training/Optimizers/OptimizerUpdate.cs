namespace ModelTools.Training;

/// <summary>What a step makes of a variable and its slots.</summary>
/// <typeparam name="T">The operators' tensor.</typeparam>
/// <param name="Variable">The new value.</param>
/// <param name="Slots">The new slots, in the same order.</param>
public sealed record OptimizerUpdate<T>(T Variable, IReadOnlyList<T> Slots)
    where T : class;
