using ModelTools.Operators;
using TorchSharp;

namespace ModelTools.Torch.Operators;

/// <content>Reductions and products.</content>
internal sealed partial class TorchOperators
{
    /// <inheritdoc/>
    public torch.Tensor Reduce(Reduction reduction, torch.Tensor x, IReadOnlyList<int> axes, bool keepDimensions = false)
    {
        if (axes.Count == 0)
        {
            return x;
        }

        return reduction switch
        {
            Reduction.Sum => x.sum(Longs(axes), keepDimensions, x.dtype),
            Reduction.Mean => x.mean(Longs(axes), keepDimensions, x.dtype),
            Reduction.Maximum => x.amax(Longs(axes), keepDimensions),
            Reduction.Minimum => x.amin(Longs(axes), keepDimensions),
            Reduction.Product => EachAxis(x, axes, keepDimensions, (part, axis) => part.prod(axis, true, part.dtype)),
            Reduction.Any => EachAxis(x, axes, keepDimensions, (part, axis) => part.any(axis, true)),
            Reduction.All => EachAxis(x, axes, keepDimensions, (part, axis) => part.all(axis, true)),
            _ => throw new ArgumentOutOfRangeException(nameof(reduction)),
        };
    }

    /// <inheritdoc/>
    public torch.Tensor ArgMax(torch.Tensor x, int axis) => x.argmax(axis);

    /// <inheritdoc/>
    public torch.Tensor CumulativeSum(torch.Tensor x, int axis) => x.cumsum(axis, x.dtype);

    /// <inheritdoc/>
    public torch.Tensor MatMul(torch.Tensor a, torch.Tensor b, bool transposeA = false, bool transposeB = false) =>
        (transposeA ? a.transpose(-2, -1) : a).matmul(transposeB ? b.transpose(-2, -1) : b);

    /// <inheritdoc/>
    public torch.Tensor Einsum(string equation, params IReadOnlyList<torch.Tensor> operands) => torch.einsum(equation, [.. operands]);

    /// <summary>Reduces one axis after the other, where the engine takes only one.</summary>
    private static torch.Tensor EachAxis(torch.Tensor x, IReadOnlyList<int> axes, bool keepDimensions, Func<torch.Tensor, long, torch.Tensor> reduce)
    {
        var rank = x.dim();
        long[] sorted = [.. axes.Select(axis => axis < 0 ? axis + rank : axis).Distinct().OrderDescending()];
        var result = sorted.Aggregate(x, reduce);
        return keepDimensions ? result : sorted.Aggregate(result, (part, axis) => part.squeeze(axis));
    }
}
