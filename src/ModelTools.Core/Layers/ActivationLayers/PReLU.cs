using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>x, or alpha · x below 0, where alpha is learned. Keras: <c>keras.layers.PReLU</c>.</summary>
public sealed record PReLU : TensorLayer
{
    /// <summary>Makes the slopes.</summary>
    public Initializer AlphaInitializer { get; init; } = new Zeros();

    /// <summary>Penalty on the slopes.</summary>
    public Regularizer? AlphaRegularizer { get; init; }

    /// <summary>Projection of the slopes.</summary>
    public Constraint? AlphaConstraint { get; init; }

    /// <summary>Axes along which one slope serves all, counted from 1.</summary>
    public IntegerList? SharedAxes { get; init; }

    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool PassesMask => true;

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights)
    {
        RequireRank(inputs[0], 2);
        var shared = (SharedAxes ?? []).Select(axis => axis < 0 ? axis + inputs[0].Rank : axis).ToHashSet();
        weights.Add("alpha", [.. inputs[0].Skip(1).Select((extent, index) => shared.Contains(index + 1) ? 1 : extent)], AlphaInitializer, AlphaRegularizer, AlphaConstraint);
    }

    /// <inheritdoc/>
    protected override T Call<T>(IOperators<T> op, T input, LayerCall<T> call) =>
        op.Add(op.Relu(input), op.Multiply(call.Weights["alpha"], op.Minimum(input, 0)));
}
