using ModelTools.Operators;
using ModelTools.Tensors;
using TorchSharp;

namespace ModelTools.Torch.Operators;

/// <content>Operators that move elements.</content>
internal sealed partial class TorchOperators
{
    /// <inheritdoc/>
    public torch.Tensor Pad(torch.Tensor x, IReadOnlyList<(int Before, int After)> padding, double value = 0)
    {
        if (padding.All(pair => pair is (0, 0)))
        {
            return x;
        }

        // The engine counts from the last axis.
        long[] widths = [.. padding.Reverse().SelectMany(pair => new long[] { pair.Before, pair.After })];
        return torch.nn.functional.pad(x, widths, PaddingModes.Constant, value);
    }

    /// <inheritdoc/>
    public torch.Tensor Reshape(torch.Tensor x, IReadOnlyList<Dimension<torch.Tensor>> shape) => x.reshape(Extents(shape));

    /// <inheritdoc/>
    public torch.Tensor Transpose(torch.Tensor x, IReadOnlyList<int> permutation) => x.permute(Longs(permutation));

    /// <inheritdoc/>
    public torch.Tensor ExpandDimensions(torch.Tensor x, int axis) => x.unsqueeze(axis);

    /// <inheritdoc/>
    public torch.Tensor Squeeze(torch.Tensor x, int axis) => x.squeeze(axis);

    /// <inheritdoc/>
    public torch.Tensor Concat(IReadOnlyList<torch.Tensor> parts, int axis) => torch.cat([.. parts], axis);

    /// <inheritdoc/>
    public IReadOnlyList<torch.Tensor> Split(torch.Tensor x, int parts, int axis) => x.split(x.size(axis) / parts, axis);

    /// <inheritdoc/>
    public torch.Tensor Stack(IReadOnlyList<torch.Tensor> parts, int axis) => torch.stack(parts, axis);

    /// <inheritdoc/>
    public IReadOnlyList<torch.Tensor> Unstack(torch.Tensor x, int axis) => x.unbind(axis);

    /// <inheritdoc/>
    public torch.Tensor Slice(torch.Tensor x, int axis, long start, long? stop = null, long step = 1)
    {
        var length = x.size(axis);
        var first = Math.Clamp(start < 0 ? start + length : start, 0, length);
        var last = stop is { } end ? Math.Clamp(end < 0 ? end + length : end, first, length) : length;
        return x.slice(axis, first, last, step);
    }

    /// <inheritdoc/>
    public torch.Tensor Reverse(torch.Tensor x, int axis) => x.flip(axis);

    /// <inheritdoc/>
    public torch.Tensor Tile(torch.Tensor x, IReadOnlyList<Dimension<torch.Tensor>> multiples) => x.repeat(Extents(multiples));

    /// <inheritdoc/>
    public torch.Tensor Repeat(torch.Tensor x, int times, int axis) => x.repeat_interleave(times, axis);

    /// <inheritdoc/>
    public torch.Tensor Gather(torch.Tensor x, torch.Tensor indices, int axis = 0)
    {
        var position = axis < 0 ? (int)x.dim() + axis : axis;
        var flat = x.index_select(position, indices.reshape(-1));
        return indices.dim() == 1 ? flat : flat.reshape([.. x.shape[..position], .. indices.shape, .. x.shape[(position + 1)..]]);
    }

    /// <inheritdoc/>
    public torch.Tensor OneHot(torch.Tensor indices, int depth, DType dtype) =>
        indices.unsqueeze(-1).eq(torch.arange(depth, indices.dtype)).to_type(dtype.ToTorch());

    /// <inheritdoc/>
    public ScanResult<torch.Tensor> Loop(Scan<torch.Tensor> scan)
    {
        // One cut for all steps: taking elements one by one would make the gradient's cost quadratic in time.
        var sequences = scan.Sequences.Select(sequence => sequence.unbind(0)).ToArray();
        var steps = sequences.Length == 0 ? 0 : sequences[0].Length;
        var outputs = scan.CollectOutputs ? new List<torch.Tensor>(steps) : null;
        var states = scan.InitialStates;
        for (var step = 0; step < steps; step++)
        {
            var time = scan.Reverse ? steps - 1 - step : step;
            var (output, next) = scan.Body(this, [.. sequences.Select(sequence => sequence[time])], states, scan.Invariants);
            outputs?.Add(output);
            states = next;
        }

        return new ScanResult<torch.Tensor>(outputs is { Count: > 0 } ? torch.stack(outputs) : null, states);
    }
}
