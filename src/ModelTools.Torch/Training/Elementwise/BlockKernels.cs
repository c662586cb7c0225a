using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelTools.Operators;

namespace ModelTools.Torch.Training.Elementwise;

/// <summary>Computes an operator on a block of elements.</summary>
internal delegate void BlockKernel(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result);

/// <summary>The operators of which element-wise formulas are made, on vectors of the processor.</summary>
internal static class BlockKernels
{
    private static readonly Dictionary<BinaryOperator, BlockKernel> Binaries = new()
    {
        [BinaryOperator.Add] = Each<Add>,
        [BinaryOperator.Subtract] = Each<Subtract>,
        [BinaryOperator.Multiply] = Each<Multiply>,
        [BinaryOperator.Divide] = Each<Divide>,
        [BinaryOperator.SquaredDifference] = Each<SquaredDifference>,
        [BinaryOperator.Maximum] = Each<Maximum>,
        [BinaryOperator.Minimum] = Each<Minimum>,
    };

    private static readonly Dictionary<UnaryOperator, BlockKernel> Unaries = new()
    {
        [UnaryOperator.Negate] = Each<Negate>,
        [UnaryOperator.Abs] = Each<Abs>,
        [UnaryOperator.Sign] = Each<Sign>,
        [UnaryOperator.Square] = Each<Multiply>,
        [UnaryOperator.Sqrt] = Each<Sqrt>,
        [UnaryOperator.Rsqrt] = Each<Rsqrt>,
    };

    /// <summary>The kernel of an operator of two operands, or null.</summary>
    public static BlockKernel? Find(BinaryOperator op) => Binaries.GetValueOrDefault(op);

    /// <summary>The kernel of an operator of one operand, or null; it takes the operand twice.</summary>
    public static BlockKernel? Find(UnaryOperator op) => Unaries.GetValueOrDefault(op);

    /// <summary>The first operand as it is.</summary>
    public static void Copy(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result) => a.CopyTo(result);

    // A short training is over before the runtime would have found this worth optimizing.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Each<TOperator>(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result)
        where TOperator : IVectorOperator
    {
        var left = MemoryMarshal.Cast<float, Vector<float>>(a);
        var right = MemoryMarshal.Cast<float, Vector<float>>(b);
        var target = MemoryMarshal.Cast<float, Vector<float>>(result);
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = TOperator.Apply(left[i], right[i]);
        }

        // The rest of a block that is no multiple of a vector is computed as one vector.
        var done = target.Length * Vector<float>.Count;
        if (done < result.Length)
        {
            Span<float> rest = stackalloc float[3 * Vector<float>.Count];
            a[done..].CopyTo(rest);
            b[done..].CopyTo(rest[Vector<float>.Count..]);
            TOperator.Apply(new Vector<float>(rest), new Vector<float>(rest[Vector<float>.Count..])).CopyTo(rest[(2 * Vector<float>.Count)..]);
            rest.Slice(2 * Vector<float>.Count, result.Length - done).CopyTo(result[done..]);
        }
    }

    private interface IVectorOperator
    {
        static abstract Vector<float> Apply(Vector<float> a, Vector<float> b);
    }

    private readonly struct Add : IVectorOperator
    {
        public static Vector<float> Apply(Vector<float> a, Vector<float> b) => a + b;
    }

    private readonly struct Subtract : IVectorOperator
    {
        public static Vector<float> Apply(Vector<float> a, Vector<float> b) => a - b;
    }

    private readonly struct Multiply : IVectorOperator
    {
        public static Vector<float> Apply(Vector<float> a, Vector<float> b) => a * b;
    }

    private readonly struct Divide : IVectorOperator
    {
        public static Vector<float> Apply(Vector<float> a, Vector<float> b) => a / b;
    }

    private readonly struct SquaredDifference : IVectorOperator
    {
        public static Vector<float> Apply(Vector<float> a, Vector<float> b) => (a - b) * (a - b);
    }

    private readonly struct Maximum : IVectorOperator
    {
        public static Vector<float> Apply(Vector<float> a, Vector<float> b) => Vector.ConditionalSelect(NaN(a) | Vector.GreaterThan(a, b), a, b);
    }

    private readonly struct Minimum : IVectorOperator
    {
        public static Vector<float> Apply(Vector<float> a, Vector<float> b) => Vector.ConditionalSelect(NaN(a) | Vector.LessThan(a, b), a, b);
    }

    private readonly struct Negate : IVectorOperator
    {
        public static Vector<float> Apply(Vector<float> a, Vector<float> b) => -a;
    }

    private readonly struct Abs : IVectorOperator
    {
        public static Vector<float> Apply(Vector<float> a, Vector<float> b) => Vector.Abs(a);
    }

    private readonly struct Sign : IVectorOperator
    {
        public static Vector<float> Apply(Vector<float> a, Vector<float> b)
        {
            var positive = Vector.ConditionalSelect(Vector.GreaterThan(a, Vector<float>.Zero), Vector<float>.One, Vector<float>.Zero);
            return Vector.ConditionalSelect(Vector.LessThan(a, Vector<float>.Zero), -Vector<float>.One, positive);
        }
    }

    private readonly struct Sqrt : IVectorOperator
    {
        public static Vector<float> Apply(Vector<float> a, Vector<float> b) => Vector.SquareRoot(a);
    }

    private readonly struct Rsqrt : IVectorOperator
    {
        public static Vector<float> Apply(Vector<float> a, Vector<float> b) => Vector<float>.One / Vector.SquareRoot(a);
    }

    private static Vector<int> NaN(Vector<float> a) => ~Vector.Equals(a, a);
}
