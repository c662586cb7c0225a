using ModelTools.Objects;

namespace ModelTools.Layers;

/// <summary>Attention whose query heads share heads of keys and values (arXiv:2305.13245). Keras: <c>keras.layers.GroupQueryAttention</c>.</summary>
/// <remarks>
/// Inputs: query [batch, queries, features], then value and perhaps key [batch, values, features], by position or by name; a mask as
/// <c>attention_mask</c> [batch, queries, values]. Output [batch, queries, features], and the distribution where the call asks for it.
/// </remarks>
/// <param name="HeadDim">Size of a head.</param>
/// <param name="NumQueryHeads">Number of the queries' heads.</param>
/// <param name="NumKeyValueHeads">Number of the keys' and values' heads; it divides the other.</param>
[ObjectAlias("GroupedQueryAttention")]
public sealed record GroupQueryAttention(int HeadDim, int NumQueryHeads, int NumKeyValueHeads) : HeadAttention
{
    private protected override int QueryHeads => NumQueryHeads;

    private protected override int ValueHeads => NumKeyValueHeads;

    private protected override int KeySize => HeadDim;

    private protected override int ValueSize => HeadDim;

    /// <inheritdoc/>
    public override void Validate()
    {
        RequireAtLeast(HeadDim, 1, nameof(HeadDim));
        RequireAtLeast(NumQueryHeads, 1, nameof(NumQueryHeads));
        RequireAtLeast(NumKeyValueHeads, 1, nameof(NumKeyValueHeads));
        if (NumQueryHeads % NumKeyValueHeads != 0)
        {
            throw InvalidOption($"cannot share {NumKeyValueHeads} heads of keys and values among {NumQueryHeads} heads of queries.");
        }

        base.Validate();
    }
}
