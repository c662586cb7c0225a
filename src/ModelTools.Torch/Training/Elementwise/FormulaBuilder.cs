using System.Reflection;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Torch.Training.Elementwise;

/// <summary>Writes down an element-wise formula instead of computing it: the vocabulary's elements, and nothing else of it.</summary>
internal sealed partial class FormulaBuilder : IOperators<Operand>
{
    private readonly List<Instruction> _instructions = [];
    private readonly List<float> _numbers = [];

    /// <summary>The operators in the order of computation.</summary>
    public IReadOnlyList<Instruction> Instructions => _instructions;

    /// <summary>The numbers that the formula names.</summary>
    public IReadOnlyList<float> Numbers => _numbers;

    /// <inheritdoc/>
    public DType DTypeOf(Operand x) => DType.Float32;

    /// <inheritdoc/>
    public Operand Fill(DType dtype, IReadOnlyList<Dimension<Operand>> shape, double value)
    {
        if (dtype is not DType.Float32 || shape.Count > 0)
        {
            throw Refused();
        }

        // Equal numbers are not made one: the plan of a formula does not depend on their values.
        _numbers.Add((float)value);
        return new Operand(OperandKind.Number, _numbers.Count - 1);
    }

    /// <inheritdoc/>
    public Operand Unary(UnaryOperator op, Operand x) => Write(VectorOperators.Find(op), x);

    /// <inheritdoc/>
    public Operand Binary(BinaryOperator op, Operand a, Operand b) => Write(VectorOperators.Find(op), a, b);

    /// <inheritdoc/>
    public Operand Cast(Operand x, DType dtype) => dtype is DType.Float32 ? x : throw Refused();

    /// <inheritdoc/>
    public Operand StopGradient(Operand x) => x;

    private Operand Write(MethodInfo? operation, Operand a, Operand? b = null)
    {
        _instructions.Add(new Instruction(operation ?? throw Refused(), a, b));
        return new Operand(OperandKind.Intermediate, _instructions.Count - 1);
    }

    private static NotSupportedException Refused() => new("The formula needs more than its elements.");
}
