using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>Attention by several heads over projections of query, key and value (arXiv:1706.03762). Keras: <c>keras.layers.MultiHeadAttention</c>.</summary>
/// <remarks>
/// Inputs: query [batch, queries, …], then value and perhaps key [batch, values, …], by position or by name; a mask as <c>attention_mask</c>
/// [batch, queries, values]. Output [batch, queries, …], and the distribution where the call asks for it (<c>return_attention_scores</c>).
/// </remarks>
/// <param name="NumHeads">Number of heads.</param>
/// <param name="KeyDim">Size of a head's queries and keys.</param>
public sealed record MultiHeadAttention(int NumHeads, int KeyDim) : HeadAttention
{
    /// <summary>Size of a head's values; <see cref="KeyDim"/> if not given.</summary>
    public int? ValueDim
    {
        get => field ?? KeyDim;
        init;
    }

    /// <summary>Sizes of the output's features; the query's if not given.</summary>
    public IntegerList? OutputShape { get; init; }

    /// <summary>The axes over which attention runs; all but batch and features if not given.</summary>
    public IntegerList? AttentionAxes { get; init; }

    private protected override int QueryHeads => NumHeads;

    private protected override int ValueHeads => NumHeads;

    private protected override int KeySize => KeyDim;

    private protected override int ValueSize => ValueDim ?? KeyDim;

    private protected override IntegerList? OutputSizes => OutputShape;

    private protected override IntegerList? Attended => AttentionAxes;

    /// <inheritdoc/>
    public override void Validate()
    {
        RequireAtLeast(NumHeads, 1, nameof(NumHeads));
        RequireAtLeast(KeyDim, 1, nameof(KeyDim));
        RequireAtLeast(ValueSize, 1, nameof(ValueDim));
        base.Validate();
    }
}
