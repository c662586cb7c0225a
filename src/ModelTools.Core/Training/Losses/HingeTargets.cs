using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>What the hinge losses share.</summary>
internal static class HingeTargets
{
    /// <summary>max(1 - target · prediction, 0), where targets of only 0 and 1 stand for -1 and 1.</summary>
    public static T Margin<T>(IOperators<T> op, T target, T prediction)
        where T : class
    {
        var isBit = op.Binary(BinaryOperator.LogicalOr, Equals(op, target, 0), Equals(op, target, 1));
        var isBinary = op.Reduce(Reduction.All, isBit, TensorMath.AllAxes(op.RankOf(target)));
        var signs = op.Select(isBinary, op.Subtract(op.Multiply(target, 2), 1), target);
        return op.Maximum(op.SubtractFrom(1, op.Multiply(signs, prediction)), 0);
    }

    private static T Equals<T>(IOperators<T> op, T x, double number)
        where T : class => op.Binary(BinaryOperator.Equal, x, op.Scalar(number, x));
}
