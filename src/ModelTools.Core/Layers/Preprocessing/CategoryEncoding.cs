using ModelTools.Objects;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>Ids as rows of numbers. Keras: <c>keras.layers.CategoryEncoding</c>.</summary>
/// <remarks>Input [batch, ids], and what each id counts as <c>count_weights</c>; output [batch, <paramref name="NumTokens"/>]. Ids outside of the range count nothing.</remarks>
/// <param name="NumTokens">Number of ids.</param>
public sealed record CategoryEncoding(int NumTokens) : Layer
{
    /// <summary>The form of the rows.</summary>
    public CategoryMode OutputMode { get; init; } = CategoryMode.MultiHot;

    /// <summary>Whether Keras makes sparse tensors; kept, not supported when run.</summary>
    [ConfigWrite(OnlyIfSet = true)]
    public bool Sparse { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        RequireAtLeast(NumTokens, 1, nameof(NumTokens));
        if (OutputMode is CategoryMode.Int)
        {
            throw InvalidOption($"cannot have {nameof(OutputMode)} = {OutputMode}.");
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Masked<T>> Call<T>(LayerCall<T> call)
    {
        if (Sparse)
        {
            throw Unsupported($"cannot be run with {nameof(Sparse)}.");
        }

        var weights = call.Named("count_weights") is [var named] ? named : call.Positional.Count > 1 ? call.Positional[1] : null;
        return [new Masked<T>(CategoryRows.Of(call.Operators, call.Positional[0].Value, OutputMode, NumTokens, DType.ComputeDType, weights?.Value))];
    }
}
