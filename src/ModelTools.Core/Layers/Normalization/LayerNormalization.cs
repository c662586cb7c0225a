using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Normalises each example over some of its axes. Keras: <c>keras.layers.LayerNormalization</c>.</summary>
public sealed record LayerNormalization : AffineNormalization
{
    /// <summary>The axis, or several.</summary>
    public IntegerList Axis
    {
        get;
        init => field = value.Collapse();
    } = -1;

    /// <summary>Whether only the root of the variance divides, with no mean subtracted and no beta (Keras 3).</summary>
    [ConfigWrite(Keras2 = false, OnlyIfSet = true)]
    public bool RmsScaling { get; init; }

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights)
    {
        Shape shape = [.. AxesOf(Axis, inputs[0]).Select(axis => inputs[0][axis])];
        if (RmsScaling)
        {
            weights.Add("gamma", shape, GammaInitializer, GammaRegularizer, GammaConstraint);
        }
        else
        {
            AddScaleAndOffset(weights, shape);
        }
    }

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T input, LayerCall<T> call)
    {
        var x = Widen(op, input);
        var axes = AxesOf(Axis, op.ShapeOf(input));
        var (mean, variance) = op.Moments(x, axes, true);
        var output = RmsScaling
            ? op.Multiply(op.Multiply(x, op.Unary(UnaryOperator.Rsqrt, op.Add(variance, Epsilon))), Align("gamma")!)
            : op.Normalize(x, mean, variance, Align("beta"), Align("gamma"), Epsilon);
        return op.DTypeOf(output) == op.DTypeOf(input) ? output : op.Cast(output, op.DTypeOf(input));

        T? Align(string name) => WeightOf(op, call, name, x) is { } weight ? op.AlongAxes(weight, axes, op.RankOf(x)) : null;
    }
}
