namespace ModelTools.Layers;

/// <summary>The tensors that a cell's steps need.</summary>
/// <typeparam name="T">The implementation's tensor.</typeparam>
/// <param name="Projection">Used by <see cref="Recurrence.Project"/>.</param>
/// <param name="Step">Used by <see cref="Recurrence.Step"/>.</param>
/// <param name="Inner">Those of the cells inside, whose projections belong to the step.</param>
internal sealed record RecurrenceWeights<T>(IReadOnlyList<T> Projection, IReadOnlyList<T> Step, IReadOnlyList<RecurrenceWeights<T>> Inner)
    where T : class
{
    /// <summary>What a step needs, as one list.</summary>
    public IReadOnlyList<T> Invariants => [.. Step, .. Inner.SelectMany(inner => inner.Projection.Concat(inner.Invariants))];

    /// <summary>The same tree over the tensors that a loop hands to its body.</summary>
    /// <param name="invariants">In the order of <see cref="Invariants"/>.</param>
    public RecurrenceWeights<T> Inside(IReadOnlyList<T> invariants) => Rebuild(new Queue<T>(invariants), Projection);

    private RecurrenceWeights<T> Rebuild(Queue<T> source, IReadOnlyList<T> projection) =>
        new(projection, [.. Step.Select(_ => source.Dequeue())], [.. Inner.Select(inner => inner.Rebuild(source, [.. inner.Projection.Select(_ => source.Dequeue())]))]);
}
