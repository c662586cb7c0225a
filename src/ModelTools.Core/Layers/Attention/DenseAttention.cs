using ModelTools.Objects;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Attention of queries to values by scores of their keys: softmax(scores)·values. Keras: <c>BaseDenseAttention</c>.</summary>
/// <remarks>
/// Inputs: query [batch, queries, dim], value [batch, values, dim] and, if it differs from the value, key [batch, values, dim].
/// Output [batch, queries, dim], and the distribution where the call asks for it (<c>return_attention_scores</c>).
/// </remarks>
public abstract record DenseAttention : Layer
{
    /// <summary>The part of the distribution that is dropped in training.</summary>
    public double Dropout { get; init; }

    /// <summary>Seed of the dropout; null for other numbers each time.</summary>
    [ConfigWrite(Keras2 = false, OnlyIfSet = true)]
    public int? Seed { get; init; }

    /// <summary>Whether a query sees only values that do not come after it (older Keras 2; the call says it otherwise).</summary>
    [ConfigWrite(Keras3 = false, OnlyIfSet = true)]
    public bool Causal { get; init; }

    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool TakesList => true;

    /// <inheritdoc/>
    [ConfigIgnore]
    public override bool DependsOnTraining => Dropout > 0;

    /// <inheritdoc/>
    public override void Validate() => RequireFraction(Dropout, nameof(Dropout));

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputs, WeightBuilder weights) => RequireCount(inputs.Count);

    /// <inheritdoc/>
    public override IReadOnlyList<Masked<T>> Call<T>(LayerCall<T> call)
    {
        var op = call.Operators;
        var inputs = call.Positional;
        RequireCount(inputs.Count);
        var (query, value) = (inputs[0].Value, inputs[1].Value);
        var key = inputs.Count > 2 ? inputs[2].Value : value;
        var masks = call.Named("mask");
        var (queryMask, valueMask) = masks.Count > 0 ? (masks[0].Value, masks.Count > 1 ? masks[1].Value : null) : (inputs[0].Mask, inputs[1].Mask);

        var scores = Scores(op, query, key, call.Weights);
        var distribution = op.Softmax(Mask(op, scores, valueMask, Causal || call.Flag("use_causal_mask")));
        var dropped = call.Training && Dropout > 0 ? op.Dropout(distribution, Dropout, null, Seed) : distribution;
        var output = op.MatMul(dropped, value);
        if (queryMask is not null)
        {
            output = op.Multiply(output, op.Cast(op.ExpandDimensions(queryMask, -1), op.DTypeOf(output)));
        }

        var result = new Masked<T>(output, queryMask);
        return call.Flag("return_attention_scores") ? [result, new Masked<T>(distribution)] : [result];
    }

    /// <summary>How well each query fits each key: [batch, queries, values].</summary>
    private void RequireCount(int count)
    {
        if (count is not (2 or 3))
        {
            throw UnfitInput($"takes a query, a value and perhaps a key, not {count} inputs.");
        }
    }

    private protected abstract T Scores<T>(IOperators<T> op, T query, T key, LayerWeights<T> weights)
        where T : class;

    /// <summary>query + key for all pairs: [batch, queries, values, dim].</summary>
    private protected static T Pairs<T>(IOperators<T> op, T query, T key)
        where T : class => op.Add(op.ExpandDimensions(query, -2), op.ExpandDimensions(key, -3));

    private static T Mask<T>(IOperators<T> op, T scores, T? valueMask, bool causal)
        where T : class
    {
        var counts = valueMask is null ? null : op.ExpandDimensions(valueMask, -2);
        if (causal)
        {
            var triangle = AttentionMasks.Causal(op, op.DimensionOf(scores, -2), op.DimensionOf(scores, -1));
            counts = counts is null ? triangle : op.Binary(BinaryOperator.LogicalAnd, counts, triangle);
        }

        if (counts is null)
        {
            return scores;
        }

        var dtype = op.DTypeOf(scores);
        var large = dtype is Tensors.DType.Float16 ? 65504 : 1e9;
        return op.Subtract(scores, op.Multiply(op.Cast(op.Unary(UnaryOperator.LogicalNot, counts), dtype), large));
    }
}
