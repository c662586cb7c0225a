using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using ModelTools.Operators;

namespace ModelTools.Torch.Training.Elementwise;

/// <summary>The operators of which element-wise formulas are made, on vectors of the processor.</summary>
internal static class VectorOperators
{
    private static readonly Dictionary<BinaryOperator, MethodInfo> Binaries = new()
    {
        [BinaryOperator.Add] = Of(Vector.Add),
        [BinaryOperator.Subtract] = Of(Vector.Subtract),
        [BinaryOperator.Multiply] = Of(Vector.Multiply),
        [BinaryOperator.Divide] = Of(Vector.Divide),
        [BinaryOperator.SquaredDifference] = Of(SquaredDifference),
        [BinaryOperator.Maximum] = Of(Maximum),
        [BinaryOperator.Minimum] = Of(Minimum),
    };

    private static readonly Dictionary<UnaryOperator, MethodInfo> Unaries = new()
    {
        [UnaryOperator.Negate] = Of(Vector.Negate),
        [UnaryOperator.Abs] = Of(Vector.Abs),
        [UnaryOperator.Sign] = Of(Sign),
        [UnaryOperator.Square] = Of(Square),
        [UnaryOperator.Sqrt] = Of(Vector.SquareRoot),
        [UnaryOperator.Rsqrt] = Of(Rsqrt),
    };

    /// <summary>The method that computes an operator of two operands, or null.</summary>
    public static MethodInfo? Find(BinaryOperator op) => Binaries.GetValueOrDefault(op);

    /// <summary>The method that computes an operator of one operand, or null.</summary>
    public static MethodInfo? Find(UnaryOperator op) => Unaries.GetValueOrDefault(op);

    private static MethodInfo Of(Func<Vector<float>, Vector<float>, Vector<float>> binary) => binary.Method;

    private static MethodInfo Of(Func<Vector<float>, Vector<float>> unary) => unary.Method;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> SquaredDifference(Vector<float> a, Vector<float> b) => (a - b) * (a - b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Maximum(Vector<float> a, Vector<float> b) => Vector.ConditionalSelect(NaN(a) | Vector.GreaterThan(a, b), a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Minimum(Vector<float> a, Vector<float> b) => Vector.ConditionalSelect(NaN(a) | Vector.LessThan(a, b), a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Square(Vector<float> a) => a * a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Rsqrt(Vector<float> a) => Vector<float>.One / Vector.SquareRoot(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Sign(Vector<float> a)
    {
        var positive = Vector.ConditionalSelect(Vector.GreaterThan(a, Vector<float>.Zero), Vector<float>.One, Vector<float>.Zero);
        return Vector.ConditionalSelect(Vector.LessThan(a, Vector<float>.Zero), -Vector<float>.One, positive);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> NaN(Vector<float> a) => ~Vector.Equals(a, a);
}
