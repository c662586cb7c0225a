using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Brings features to mean 0 and variance 1 by statistics that were collected once. Keras: <c>keras.layers.Normalization</c>.</summary>
/// <remarks>The statistics are weights (mean, variance, count), or options where the model's author gave them.</remarks>
public sealed record Normalization : TensorLayer
{
    // Keras: backend.epsilon(), the least deviation.
    private const double Epsilon = 1e-7;

    /// <summary>The axes that keep statistics of their own; null for one statistic for all numbers.</summary>
    public IntegerList? Axis { get; init; } = new[] { -1 };

    /// <summary>Whether the way back is computed: x · deviation + mean.</summary>
    public bool Invert { get; init; }

    /// <summary>The mean, where it is given rather than collected.</summary>
    public NumberList? Mean { get; init; }

    /// <summary>The variance, where it is given rather than collected.</summary>
    public NumberList? Variance { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        if (Mean is null != Variance is null)
        {
            throw InvalidOption($"takes {nameof(Mean)} and {nameof(Variance)} together.");
        }
    }

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights)
    {
        if (Mean is not null)
        {
            return;
        }

        Shape shape = [.. AxesOf(inputs[0]).Select(axis => inputs[0][axis])];
        weights.Add("mean", shape, new Zeros(), trainable: false);
        weights.Add("variance", shape, new Ones(), trainable: false);
        weights.Add("count", Shape.Scalar, new Zeros(), trainable: false, dtype: Tensors.DType.Int64);
    }

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T input, LayerCall<T> call)
    {
        var compute = DType.ComputeDType;
        var x = op.DTypeOf(input) == compute ? input : op.Cast(input, compute);
        var axes = AxesOf(op.ShapeOf(input));
        var mean = Statistic(op, x, axes, Mean, "mean", call);
        var deviation = op.Maximum(op.Sqrt(Statistic(op, x, axes, Variance, "variance", call)), Epsilon);
        return Invert ? op.Add(op.Multiply(x, deviation), mean) : op.Divide(op.Subtract(x, mean), deviation);
    }

    private T Statistic<T>(IOperators<T> op, T x, int[] axes, NumberList? given, string name, LayerCall<T> call)
        where T : class
    {
        if (given is null)
        {
            return op.AlongAxes(call.Weights[name], axes, op.RankOf(x));
        }

        Shape shape = [.. axes.Select(axis => op.ShapeOf(x)[axis])];
        if (given.Count != 1 && given.Count != shape.ElementCount)
        {
            throw UnfitInput($"has {given.Count} numbers as its {name}, which do not fit an input of shape {op.ShapeOf(x)}.");
        }

        var values = op.Constant(Numbers.From(given.ToArray(), given.Count == 1 ? Shape.Scalar : shape, DType.ComputeDType));
        return given.Count == 1 ? values : op.AlongAxes(values, axes, op.RankOf(x));
    }

    private int[] AxesOf(Shape input)
    {
        var axes = (Axis ?? []).Select(axis => axis < 0 ? axis + input.Rank : axis).Order().ToArray();
        return axes is [] || (axes[0] >= 0 && axes[^1] < input.Rank) ? axes : throw UnfitInput($"cannot normalise the axes {Axis} of an input of shape {input}.");
    }
}
