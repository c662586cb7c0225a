namespace ModelTools.Torch.Training.Elementwise;

/// <summary>Where a value of a formula lies.</summary>
internal enum OperandKind
{
    /// <summary>In one of the arrays that the formula is computed on.</summary>
    Array,

    /// <summary>It is the same number for all elements.</summary>
    Number,

    /// <summary>In a block of intermediate results.</summary>
    Intermediate,
}

/// <summary>A value of a formula: one number per element.</summary>
/// <param name="Kind">Where it lies.</param>
/// <param name="Index">Which array, number or intermediate result.</param>
internal sealed record Operand(OperandKind Kind, int Index);

/// <summary>One operator of a formula.</summary>
/// <param name="Kernel">Computes a block.</param>
/// <param name="A">First operand.</param>
/// <param name="B">Second operand; the first again for operators of one.</param>
/// <param name="Result">Which intermediate result it gives.</param>
internal sealed record Instruction(BlockKernel Kernel, Operand A, Operand B, int Result);
