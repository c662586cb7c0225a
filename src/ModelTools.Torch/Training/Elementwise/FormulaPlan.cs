namespace ModelTools.Torch.Training.Elementwise;

/// <summary>What a formula does, without its numbers: equal from step to step, so that its code is made once.</summary>
/// <param name="Arrays">How many arrays it is computed on.</param>
/// <param name="Numbers">How many numbers it takes.</param>
/// <param name="Instructions">The operators in the order of computation.</param>
/// <param name="Results">The values that take the places of arrays.</param>
internal sealed record FormulaPlan(int Arrays, int Numbers, IReadOnlyList<Instruction> Instructions, IReadOnlyList<(int Array, Operand Value)> Results)
{
    /// <inheritdoc/>
    public bool Equals(FormulaPlan? other) =>
        other is not null && Arrays == other.Arrays && Numbers == other.Numbers && Instructions.SequenceEqual(other.Instructions) && Results.SequenceEqual(other.Results);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var instruction in Instructions)
        {
            hash.Add(instruction);
        }

        return hash.ToHashCode();
    }
}
