using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Normalises each channel: over the batch in training, by moving averages otherwise. Keras: <c>keras.layers.BatchNormalization</c>.</summary>
/// <remarks>Where <see cref="Layer.Trainable"/> is false it uses the moving averages in training too.</remarks>
public sealed record BatchNormalization : AffineNormalization
{
    /// <summary>The axis of the channels (Keras 2 allows several).</summary>
    public IntegerList Axis
    {
        get;
        init => field = value.Collapse();
    } = -1;

    /// <summary>What the moving averages keep of their old value in a step.</summary>
    public double Momentum { get; init; } = 0.99;

    /// <summary>Makes the moving mean.</summary>
    public Initializer MovingMeanInitializer { get; init; } = new Zeros();

    /// <summary>Makes the moving variance.</summary>
    public Initializer MovingVarianceInitializer { get; init; } = new Ones();

    /// <summary>Whether replicas share their statistics; there is one replica here.</summary>
    [ConfigWrite(Keras2 = false)]
    public bool Synchronized { get; init; }

    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool DependsOnTraining => true;

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights)
    {
        var shape = WeightShape(inputs[0]);
        AddScaleAndOffset(weights, shape);
        weights.Add("moving_mean", shape, MovingMeanInitializer, trainable: false);
        weights.Add("moving_variance", shape, MovingVarianceInitializer, trainable: false);
    }

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T input, LayerCall<T> call)
    {
        var x = Widen(op, input);
        var (mean, variance) = call.Training && Trainable ? BatchStatistics(op, x, call) : (WeightOf(op, call, "moving_mean", x)!, WeightOf(op, call, "moving_variance", x)!);
        var axes = AxesOf(Axis, op.ShapeOf(input));
        var output = op.Normalize(x, Align(mean)!, Align(variance)!, Align(WeightOf(op, call, "beta", x)), Align(WeightOf(op, call, "gamma", x)), Epsilon);
        return op.DTypeOf(output) == op.DTypeOf(input) ? output : op.Cast(output, op.DTypeOf(input));

        T? Align(T? weight) => weight is null || axes.Length > 1 ? weight : op.AlongAxes(weight, axes, op.RankOf(x));
    }

    /// <summary>One axis: a vector. Several: the input's rank with ones elsewhere.</summary>
    private Shape WeightShape(Shape input)
    {
        var axes = AxesOf(Axis, input);
        return axes is [var axis] ? [input[axis]] : [.. input.Select((extent, index) => axes.Contains(index) ? extent : 1)];
    }

    private (T Mean, T Variance) BatchStatistics<T>(IOperators<T> op, T x, LayerCall<T> call)
        where T : class
    {
        var axes = AxesOf(Axis, op.ShapeOf(x));
        var others = Enumerable.Range(0, op.RankOf(x)).Except(axes).ToArray();
        var (mean, variance) = op.Moments(x, others, keepDimensions: axes.Length > 1);
        MoveTo(op, call, "moving_mean", mean);
        MoveTo(op, call, "moving_variance", UsesFusedKernel(op.RankOf(x), axes, call.Context.Dialect) ? Unbiased(op, x, variance, others) : variance);
        return (mean, variance);
    }

    private void MoveTo<T>(IOperators<T> op, LayerCall<T> call, string name, T value)
        where T : class
    {
        var old = call.Weights.Kept(name);
        var given = op.DTypeOf(value) == op.DTypeOf(old) ? value : op.Cast(value, op.DTypeOf(old));
        call.Weights.Update(name, op.StopGradient(op.Add(op.Multiply(old, Momentum), op.Multiply(given, 1 - Momentum))));
    }

    /// <summary>Keras 2 has images and volumes normalised by TensorFlow's fused kernel, whose moving variance is the unbiased one.</summary>
    private static bool UsesFusedKernel(int rank, int[] axes, KerasDialect dialect) =>
        dialect is KerasDialect.Keras2 && rank is (4 or 5) && axes is [var axis] && (axis == 1 || axis == rank - 1);

    private static T Unbiased<T>(IOperators<T> op, T x, T variance, int[] axes)
        where T : class
    {
        var count = axes.Select(axis => op.Scalar(op.DimensionOf(x, axis), op.DTypeOf(variance))).Aggregate(op.Multiply);
        return op.Multiply(variance, op.Divide(count, op.Maximum(op.Add(count, -1), 1)));
    }
}
