using ModelTools.Objects;
using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>The formulas that the crossentropies share.</summary>
internal static class Crossentropy
{
    /// <summary>Moves a part of a binary target's certainty to the middle.</summary>
    public static T SmoothBinary<T>(IOperators<T> op, T target, double smoothing)
        where T : class =>
        smoothing == 0 ? target : op.Add(op.Multiply(target, 1 - smoothing), 0.5 * smoothing);

    /// <summary>Moves a part of the target's certainty to all classes.</summary>
    public static T SmoothClasses<T>(IOperators<T> op, T target, double smoothing, int axis)
        where T : class =>
        smoothing == 0 ? target : op.Add(op.Multiply(target, 1 - smoothing), smoothing / op.ShapeOf(target)[axis < 0 ? ^-axis : axis]);

    /// <summary>Limits probabilities to [ε, 1 - ε].</summary>
    public static T Clip<T>(IOperators<T> op, T probabilities)
        where T : class => op.Clip(probabilities, TensorMath.Epsilon, 1 - TensorMath.Epsilon);

    /// <summary>Probabilities along an axis, scaled to sum 1 and clipped.</summary>
    public static T Normalized<T>(IOperators<T> op, T probabilities, int axis)
        where T : class => Clip(op, op.Divide(probabilities, op.Sum(probabilities, [axis], true)));

    /// <summary>-(target · log p + (1 - target) · log(1 - p)) of each element.</summary>
    public static T Binary<T>(IOperators<T> op, T target, T prediction, bool fromLogits, KerasDialect dialect)
        where T : class
    {
        if (fromLogits)
        {
            return op.SigmoidCrossEntropy(target, prediction);
        }

        var hit = Clip(op, prediction);
        var miss = op.SubtractFrom(1, hit);
        if (dialect is KerasDialect.Keras2)
        {
            (hit, miss) = (op.Add(hit, TensorMath.Epsilon), op.Add(miss, TensorMath.Epsilon));
        }

        return op.Negate(op.Add(op.Multiply(target, op.Log(hit)), op.Multiply(op.SubtractFrom(1, target), op.Log(miss))));
    }
}
