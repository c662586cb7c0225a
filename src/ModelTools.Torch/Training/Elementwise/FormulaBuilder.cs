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

        var index = _numbers.IndexOf((float)value);
        if (index < 0)
        {
            index = _numbers.Count;
            _numbers.Add((float)value);
        }

        return new Operand(OperandKind.Number, index);
    }

    /// <inheritdoc/>
    public Operand Unary(UnaryOperator op, Operand x) => Write(BlockKernels.Find(op), x, x);

    /// <inheritdoc/>
    public Operand Binary(BinaryOperator op, Operand a, Operand b) => Write(BlockKernels.Find(op), a, b);

    /// <inheritdoc/>
    public Operand Cast(Operand x, DType dtype) => dtype is DType.Float32 ? x : throw Refused();

    /// <inheritdoc/>
    public Operand StopGradient(Operand x) => x;

    /// <summary>The same value, safe from results that are written over the arrays.</summary>
    public Operand Kept(Operand x) => x.Kind is OperandKind.Array ? Write(BlockKernels.Copy, x, x) : x;

    private Operand Write(BlockKernel? kernel, Operand a, Operand b)
    {
        var result = new Operand(OperandKind.Intermediate, _instructions.Count);
        _instructions.Add(new Instruction(kernel ?? throw Refused(), a, b, result.Index));
        return result;
    }

    private static NotSupportedException Refused() => new("The formula needs more than its elements.");
}
