namespace ModelTools.Operators;

/// <summary>One step of a loop over time.</summary>
/// <typeparam name="T">The implementation's tensor.</typeparam>
/// <param name="op">The operators to use inside the loop: not the ones outside.</param>
/// <param name="inputs">This step's element of each sequence.</param>
/// <param name="states">The states as the last step left them.</param>
/// <param name="invariants">What does not change. A body must not capture other tensors.</param>
public delegate ScanStep<T> ScanBody<T>(IOperators<T> op, IReadOnlyList<T> inputs, IReadOnlyList<T> states, IReadOnlyList<T> invariants)
    where T : class;

/// <summary>What a step gives.</summary>
/// <typeparam name="T">The implementation's tensor.</typeparam>
/// <param name="Output">Collected if the loop collects.</param>
/// <param name="States">The states for the next step, of unchanged shapes and types.</param>
public sealed record ScanStep<T>(T Output, IReadOnlyList<T> States)
    where T : class;

/// <summary>What a loop gives.</summary>
/// <typeparam name="T">The implementation's tensor.</typeparam>
/// <param name="Outputs">The outputs of all steps, time first, in the order of computation; null unless collected.</param>
/// <param name="States">The states after the last step.</param>
public sealed record ScanResult<T>(T? Outputs, IReadOnlyList<T> States)
    where T : class;

/// <summary>A loop over time, as recurrent layers need it.</summary>
/// <typeparam name="T">The implementation's tensor.</typeparam>
/// <param name="Sequences">Tensors [time, …] of which each step takes one element.</param>
/// <param name="InitialStates">The states before the first step.</param>
/// <param name="Invariants">Tensors that every step sees whole.</param>
/// <param name="Body">The step.</param>
public sealed record Scan<T>(IReadOnlyList<T> Sequences, IReadOnlyList<T> InitialStates, IReadOnlyList<T> Invariants, ScanBody<T> Body)
    where T : class
{
    /// <summary>Start at the end of the sequences.</summary>
    public bool Reverse { get; init; }

    /// <summary>Keep the outputs of all steps.</summary>
    public bool CollectOutputs { get; init; }

    /// <summary>Write the steps out one after the other where the number of steps is known (for graphs).</summary>
    public bool Unroll { get; init; }
}
