using System.Numerics;
using ModelTools.Training;

namespace ModelTools.Torch.Training.Elementwise;

/// <summary>An optimizer's formula for one step, computed in one pass over the memory.</summary>
/// <remarks>
/// An operator at a time, a formula of a dozen operators reads and writes memory thirty times and takes a dozen new tensors. Here one loop computes
/// all of them, and results go to their places at once.
/// </remarks>
internal sealed class ElementwiseFormula
{
    private const int ParallelFrom = 1 << 19;

    private readonly FormulaPlan _plan;
    private readonly float[] _numbers;
    private readonly FormulaCode _code;

    private ElementwiseFormula(FormulaPlan plan, float[] numbers)
    {
        _plan = plan;
        _numbers = numbers;
        _code = FormulaCompiler.Compile(plan);
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
            IEnumerable<(int Array, Operand Value)> results = [(0, update.Variable), .. update.Slots.Select((slot, index) => (index + 2, slot))];
            (int Array, Operand Value)[] changes = [.. results.Where(result => result.Value != new Operand(OperandKind.Array, result.Array))];
            return new ElementwiseFormula(new FormulaPlan(slots.Length + 2, builder.Numbers.Count, builder.Instructions, changes), [.. builder.Numbers]);
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
        var whole = count / Vector<float>.Count * Vector<float>.Count;
        if (count < ParallelFrom)
        {
            Run(arrays, 0, whole);
        }
        else
        {
            var part = ((whole / Environment.ProcessorCount) + Vector<float>.Count) / Vector<float>.Count * Vector<float>.Count;
            Parallel.For(0, Environment.ProcessorCount, worker => Run(arrays, Math.Min(worker * part, whole), Math.Min((worker + 1) * part, whole)));
        }

        if (whole < count)
        {
            RunRest(arrays, whole, (int)(count - whole));
        }
    }

    private void Run(nint[] arrays, long start, long end) => _code(arrays, _numbers, (nint)(start * sizeof(float)), (nint)(end * sizeof(float)));

    /// <summary>The last elements, fewer than a vector has: computed in copies that are a vector long.</summary>
    private unsafe void RunRest(nint[] arrays, long start, int count)
    {
        var copies = stackalloc float[arrays.Length * Vector<float>.Count];
        var addresses = new nint[arrays.Length];
        for (var i = 0; i < arrays.Length; i++)
        {
            addresses[i] = (nint)(copies + (i * Vector<float>.Count));
            Rest(i).CopyTo(new Span<float>((float*)addresses[i], count));
        }

        Run(addresses, 0, Vector<float>.Count);
        foreach (var (array, _) in _plan.Results)
        {
            new Span<float>((float*)addresses[array], count).CopyTo(Rest(array));
        }

        Span<float> Rest(int array) => new((float*)arrays[array] + start, count);
    }
}
