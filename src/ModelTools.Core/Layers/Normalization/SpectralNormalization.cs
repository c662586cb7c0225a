using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Keeps the largest singular value of a layer's kernel at 1 (arXiv:1802.05957). Keras: <c>keras.layers.SpectralNormalization</c>.</summary>
/// <remarks>Each training step divides the kernel itself; inference uses it as it is.</remarks>
/// <param name="Layer">The layer: one with a kernel or an embedding.</param>
public sealed record SpectralNormalization(Layer Layer) : Layer
{
    private static readonly string[] Normalized = ["kernel", "embeddings"];

    /// <summary>Steps of the power iteration in a training step.</summary>
    public int PowerIterations { get; init; } = 1;

    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool DependsOnTraining => true;

    /// <inheritdoc/>
    internal override IReadOnlyList<Layer> Parts => [Layer];

    /// <inheritdoc/>
    public override void Validate()
    {
        RequireAtLeast(PowerIterations, 1, nameof(PowerIterations));
        Layer.Validate();
    }

    /// <inheritdoc/>
    internal override Layer WithParts(IReadOnlyList<Layer> parts) => this with { Layer = parts[0] };

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights)
    {
        var inner = weights.Child(Layer, "layer", Layer.Name is "" ? null : Layer.Name);
        Layer.Build(inputs, inner);
        var kernel = inner.Scope.Variables.FirstOrDefault(variable => Normalized.Contains(variable.Name))
            ?? throw UnfitInput($"is made for layers with a kernel or an embedding; {Layer.ClassName} has none.");
        weights.Share(kernel);
        weights.Add("vector_u", [1, kernel.Shape[^1]], new TruncatedNormal { Stddev = 0.02 }, trainable: false, dtype: kernel.DType);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Masked<T>> Call<T>(LayerCall<T> call)
    {
        var weights = call.Weights.Child("layer");
        if (call.Training)
        {
            Normalize(call.Operators, call.Weights, weights, Normalized.First(weights.Has));
        }

        return Layer.Call(call with { Weights = weights });
    }

    private void Normalize<T>(IOperators<T> op, LayerWeights<T> own, LayerWeights<T> inner, string name)
        where T : class
    {
        var kernel = op.StopGradient(inner.Kept(name));
        var shape = op.ShapeOf(kernel);
        var matrix = op.Reshape(kernel, [-1, shape[^1]]);
        var (u, v) = (own.Kept("vector_u"), own.Kept("vector_u"));
        for (var i = 0; i < PowerIterations; i++)
        {
            v = op.L2Normalize(op.MatMul(u, matrix, transposeB: true), [0, 1], 1e-12);
            u = op.L2Normalize(op.MatMul(v, matrix), [0, 1], 1e-12);
        }

        // A kernel of zeros has no largest singular value, and stays.
        var largest = op.MatMul(op.MatMul(v, matrix), u, transposeB: true);
        var isZero = op.Reduce(Reduction.All, op.Binary(BinaryOperator.Equal, matrix, op.Scalar(0, matrix)), [0, 1]);
        var normalized = op.Reshape(op.Divide(matrix, largest), [.. shape.Select(extent => (Dimension<T>)(int)extent)]);
        inner.Assign(name, op.Select(isZero, kernel, normalized));
        own.Update("vector_u", op.Select(isZero, own.Kept("vector_u"), u));
    }
}
