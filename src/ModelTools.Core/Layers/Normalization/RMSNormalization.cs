using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Divides by the root of the mean square, then scales. Keras 3: <c>keras.layers.RMSNormalization</c>.</summary>
public sealed record RMSNormalization : TensorLayer
{
    /// <summary>The axis, or several.</summary>
    public IntegerList Axis { get; init; } = -1;

    /// <summary>Added to the mean square before the root.</summary>
    public double Epsilon { get; init; } = 1e-6;

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights) =>
        weights.Add("scale", [.. AxesOf(inputs[0]).Select(axis => inputs[0][axis])], new Ones());

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T input, LayerCall<T> call)
    {
        var x = op.DTypeOf(input) is Tensors.DType.Float16 or Tensors.DType.BFloat16 ? op.Cast(input, Tensors.DType.Float32) : input;
        var axes = AxesOf(op.ShapeOf(input));
        var factor = op.Unary(UnaryOperator.Rsqrt, op.Add(op.Mean(op.Square(x), axes, true), Epsilon));
        var scale = op.Cast(call.Weights.Kept("scale"), op.DTypeOf(x));
        var output = op.Multiply(op.Multiply(x, factor), op.AlongAxes(scale, axes, op.RankOf(x)));
        return op.DTypeOf(output) == op.DTypeOf(input) ? output : op.Cast(output, op.DTypeOf(input));
    }

    private int[] AxesOf(Shape input)
    {
        var axes = Axis.Select(axis => axis < 0 ? axis + input.Rank : axis).Order().ToArray();
        return axes is [>= 0, ..] && axes[^1] < input.Rank ? axes : throw UnfitInput($"cannot normalise the axes {Axis} of an input of shape {input}.");
    }
}
