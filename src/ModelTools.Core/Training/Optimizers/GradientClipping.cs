using ModelTools.Operators;

namespace ModelTools.Training;

/// <summary>Keras's three ways to limit gradients.</summary>
internal static class GradientClipping
{
    /// <summary>Limits gradients as an optimizer's options say.</summary>
    public static IReadOnlyList<T> Apply<T>(GradientOptimizer optimizer, IOperators<T> op, IReadOnlyList<T> gradients)
        where T : class => optimizer switch
    {
        { Clipnorm: { } limit and > 0 } => [.. gradients.Select(gradient => Scaled(op, gradient, SquareSum(op, gradient), limit))],
        { GlobalClipnorm: { } limit and > 0 } => Together(op, gradients, limit),
        { Clipvalue: { } limit and > 0 } => [.. gradients.Select(gradient => op.Clip(gradient, -limit, limit))],
        _ => gradients,
    };

    private static T[] Together<T>(IOperators<T> op, IReadOnlyList<T> gradients, double limit)
        where T : class
    {
        var squares = gradients.Select(gradient => SquareSum(op, gradient)).Aggregate(op.Add);
        return [.. gradients.Select(gradient => Scaled(op, gradient, squares, limit))];
    }

    private static T SquareSum<T>(IOperators<T> op, T gradient)
        where T : class => op.SumAll(op.Square(gradient));

    // g · limit / max(‖g‖, limit): shorter gradients keep their length.
    private static T Scaled<T>(IOperators<T> op, T gradient, T squares, double limit)
        where T : class => op.Multiply(gradient, op.Divide(op.Scalar(limit, squares), op.Maximum(op.Sqrt(squares), limit)));
}
