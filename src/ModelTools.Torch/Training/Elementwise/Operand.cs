using System.Reflection;

namespace ModelTools.Torch.Training.Elementwise;

/// <summary>Where a value of a formula lies.</summary>
internal enum OperandKind
{
    /// <summary>In one of the arrays that the formula is computed on.</summary>
    Array,

    /// <summary>It is the same number for all elements.</summary>
    Number,

    /// <summary>It is the result of an instruction.</summary>
    Intermediate,
}

/// <summary>A value of a formula: one number per element.</summary>
/// <param name="Kind">Where it lies.</param>
/// <param name="Index">Which array, number or instruction.</param>
internal sealed record Operand(OperandKind Kind, int Index);

/// <summary>One operator of a formula.</summary>
/// <param name="Operator">Computes a vector.</param>
/// <param name="A">First operand.</param>
/// <param name="B">Second operand; null for operators of one.</param>
internal readonly record struct Instruction(MethodInfo Operator, Operand A, Operand? B);
