using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Additive attention (Bahdanau): scores Σ scale · tanh(query + key). Keras: <c>keras.layers.AdditiveAttention</c>.</summary>
public sealed record AdditiveAttention : DenseAttention
{
    /// <summary>Whether the features are weighted by a learned vector.</summary>
    public bool UseScale { get; init; } = true;

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights)
    {
        base.Build(inputs, weights);
        if (UseScale)
        {
            RequireRank(inputs[0], 1);
            weights.Add("scale", [inputs[0][^1]], new GlorotUniform());
        }
    }

    private protected override T Scores<T>(IOperators<T> op, T query, T key, LayerWeights<T> weights)
    {
        var similarity = op.Tanh(Pairs(op, query, key));
        return op.Sum(UseScale ? op.Multiply(similarity, weights["scale"]) : similarity, [-1]);
    }
}
