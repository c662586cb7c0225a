using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>How <see cref="Attention"/> compares a query with a key.</summary>
public enum AttentionScore
{
    /// <summary>Their product.</summary>
    Dot,

    /// <summary>The sum of the hyperbolic tangents of their sums.</summary>
    Concat,
}

/// <summary>Dot-product attention (Luong). Keras: <c>keras.layers.Attention</c>.</summary>
public sealed record Attention : DenseAttention
{
    /// <summary>Whether the scores are scaled by a learned number.</summary>
    public bool UseScale { get; init; }

    /// <summary>How a query is compared with a key.</summary>
    public AttentionScore ScoreMode { get; init; }

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights)
    {
        base.Build(inputs, weights);
        if (UseScale)
        {
            weights.Add("scale", Shape.Scalar, new Ones());
        }

        if (ScoreMode is AttentionScore.Concat)
        {
            weights.Add("concat_score_weight", Shape.Scalar, new Ones());
        }
    }

    private protected override T Scores<T>(IOperators<T> op, T query, T key, LayerWeights<T> weights)
    {
        if (ScoreMode is AttentionScore.Dot)
        {
            return Scaled(op.MatMul(query, key, transposeB: true));
        }

        return op.Multiply(op.Sum(op.Tanh(Scaled(Pairs(op, query, key))), [-1]), weights["concat_score_weight"]);

        T Scaled(T x) => UseScale ? op.Multiply(x, weights["scale"]) : x;
    }
}
