using System.Buffers;
using ModelTools.Training;

namespace ModelTools.Torch.Training.Elementwise;

/// <summary>An optimizer's formula for one step, computed in one pass over the memory.</summary>
/// <remarks>
/// An operator at a time, a formula of a dozen operators reads and writes memory thirty times and takes a dozen new tensors. Here all operators are
/// computed on one small block, which stays in the processor's nearest cache, before the next block is touched; results go to their places at once.
/// </remarks>
internal sealed class ElementwiseFormula
{
    private const int Block = 512;
    private const int ParallelFrom = 1 << 19;

    private readonly FormulaBuilder _builder;
    private readonly (int Array, Operand Value)[] _results;

    private ElementwiseFormula(FormulaBuilder builder, (int Array, Operand Value)[] results)
    {
        _builder = builder;
        _results = results;
    }

    /// <summary>The formula of a step on the arrays variable, gradient, slots…; null if it looks beyond single elements.</summary>
    public static ElementwiseFormula? Of(Optimizer optimizer, long iteration, double learningRate, IReadOnlyList<double> shared)
    {
        if (!optimizer.IsElementwise)
        {
            return null;
        }

        var builder = new FormulaBuilder();
        var slots = Enumerable.Range(2, optimizer.Slots.Count).Select(index => new Operand(OperandKind.Array, index)).ToArray();
        try
        {
            var step = new OptimizerStep<Operand>(new Operand(OperandKind.Array, 0), new Operand(OperandKind.Array, 1), slots, iteration, learningRate) { Shared = shared };
            var update = optimizer.Update(builder, step);
            (int Array, Operand Value)[] results = [(0, update.Variable), .. update.Slots.Select((slot, index) => (index + 2, slot))];
            return new ElementwiseFormula(builder, [.. results.Where(result => result.Value != new Operand(OperandKind.Array, result.Array)).Select(result => (result.Array, builder.Kept(result.Value)))]);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Computes it.</summary>
    /// <param name="arrays">Addresses of variable, gradient and slots: float32, all of the same length.</param>
    /// <param name="count">Number of elements.</param>
    public void Run(nint[] arrays, long count)
    {
        if (count < ParallelFrom)
        {
            Run(arrays, 0, count);
            return;
        }

        var part = ((count / Environment.ProcessorCount) + Block) / Block * Block;
        Parallel.For(0, Environment.ProcessorCount, worker => Run(arrays, Math.Min(worker * part, count), Math.Min((worker + 1) * part, count)));
    }

    private unsafe void Run(nint[] arrays, long start, long end)
    {
        var numbers = _builder.Numbers;
        var rented = ArrayPool<float>.Shared.Rent((numbers.Count + _builder.Instructions.Count) * Block);
        for (var i = 0; i < numbers.Count; i++)
        {
            rented.AsSpan(i * Block, Block).Fill(numbers[i]);
        }

        var intermediates = numbers.Count * Block;
        for (; start < end; start += Block)
        {
            var length = (int)Math.Min(Block, end - start);
            var offset = start;
            foreach (var instruction in _builder.Instructions)
            {
                instruction.Kernel(At(instruction.A), At(instruction.B), rented.AsSpan(intermediates + (instruction.Result * Block), length));
            }

            foreach (var (array, value) in _results)
            {
                At(value).CopyTo(new Span<float>((float*)arrays[array] + offset, length));
            }

            ReadOnlySpan<float> At(Operand operand) => operand.Kind switch
            {
                OperandKind.Array => new ReadOnlySpan<float>((float*)arrays[operand.Index] + offset, length),
                OperandKind.Number => rented.AsSpan(operand.Index * Block, length),
                _ => rented.AsSpan(intermediates + (operand.Index * Block), length),
            };
        }

        ArrayPool<float>.Shared.Return(rented);
    }
}
