using ModelTools.Operators;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace ModelTools.Torch.Operators;

/// <content>Convolution, pooling and resizing.</content>
internal sealed partial class TorchOperators
{
    /// <inheritdoc/>
    public torch.Tensor Convolution(torch.Tensor x, torch.Tensor kernel, Window window, int groups = 1)
    {
        var (input, padding) = Border(x, window, 0);
        return ChannelsLast(Convolve(ChannelsFirst(input), OutputFirst(kernel), window, padding, groups));
    }

    /// <inheritdoc/>
    public torch.Tensor DepthwiseConvolution(torch.Tensor x, torch.Tensor kernel, Window window)
    {
        var (input, padding) = Border(x, window, 0);
        var rank = window.Rank;
        var channels = x.size(-1);
        long[] order = [rank, rank + 1, .. Enumerable.Range(0, rank).Select(axis => (long)axis)];
        var weight = kernel.permute(order).reshape([channels * kernel.size(-1), 1, .. kernel.shape[..rank]]);
        return ChannelsLast(Convolve(ChannelsFirst(input), weight, window, padding, (int)channels));
    }

    /// <inheritdoc/>
    public torch.Tensor ConvolutionTranspose(torch.Tensor x, torch.Tensor kernel, Window window, IReadOnlyList<int>? outputPadding = null)
    {
        // The gradient of the kernel wants it contiguous.
        var (input, weight) = (ChannelsFirst(x), OutputFirst(kernel).contiguous());
        var strides = Longs(window.Strides);
        var dilations = Longs(window.Dilations);
        var full = window.Rank switch
        {
            1 => F.conv_transpose1d(input, weight, stride: strides[0], dilation: dilations[0]),
            2 => F.conv_transpose2d(input, weight, strides: strides, dilation: dilations),
            _ => F.conv_transpose3d(input, weight, strides: strides, dilation: dilations),
        };

        // What the scatter gives is cut to Keras's length, or filled up behind where strides are longer than the kernel.
        for (var axis = 0; axis < window.Rank; axis++)
        {
            var extra = outputPadding?[axis];
            var first = window.TransposedCrop(axis, extra);
            var length = window.TransposedLength(x.size(axis + 1), axis, extra);
            var available = Math.Min(length, full.size(axis + 2) - first);
            full = full.narrow(axis + 2, first, available);
            if (available < length)
            {
                var widths = new long[2 * (window.Rank - axis)];
                widths[^1] = length - available;
                full = F.pad(full, widths, PaddingModes.Constant, 0);
            }
        }

        return ChannelsLast(full);
    }

    /// <inheritdoc/>
    public torch.Tensor Pool(Pooling pooling, torch.Tensor x, Window window)
    {
        var size = Longs(window.Size);
        var strides = Longs(window.Strides);
        if (pooling is Pooling.Maximum)
        {
            var (bordered, padding) = Border(x.requires_grad ? x : AboveLowest(x), window, double.NegativeInfinity);
            var input = ChannelsFirst(bordered);
            var dilations = Longs(window.Dilations);
            return ChannelsLast(window.Rank switch
            {
                1 => F.max_pool1d(input, size[0], strides[0], padding[0], dilations[0]),
                2 => F.max_pool2d(input, size, strides, padding, dilations),
                _ => F.max_pool3d(input, size, strides, padding, dilations),
            });
        }

        var (filled, symmetric) = Border(x, window, 0);
        var mean = Average(ChannelsFirst(filled), size, strides, symmetric);
        if (!ReferenceEquals(filled, x))
        {
            // The border was added here, so the engine cannot leave it out of the mean: correct by the part of each window that is real.
            var ones = torch.ones([1, .. x.shape[1..^1], 1], x.dtype);
            mean = mean.div(Average(ChannelsFirst(Border(ones, window, 0).Input), size, strides, symmetric));
        }

        return ChannelsLast(mean);
    }

    /// <inheritdoc/>
    public torch.Tensor Resize(torch.Tensor x, int heightFactor, int widthFactor, Interpolation interpolation)
    {
        if (interpolation is Interpolation.Nearest)
        {
            return x.repeat_interleave(heightFactor, 1).repeat_interleave(widthFactor, 2);
        }

        long[] size = [x.size(1) * heightFactor, x.size(2) * widthFactor];
        if (interpolation is not Interpolation.Bilinear)
        {
            return ((IOperators<torch.Tensor>)this).ResizeTo(x, new ImageResizing((int)size[0], (int)size[1], interpolation));
        }

        return ChannelsLast(F.interpolate(ChannelsFirst(x), size, mode: torch.InterpolationMode.Bilinear, align_corners: false));
    }

    private static torch.Tensor Convolve(torch.Tensor input, torch.Tensor weight, Window window, long[] padding, int groups)
    {
        var strides = Longs(window.Strides);
        var dilations = Longs(window.Dilations);
        return window.Rank switch
        {
            1 => F.conv1d(input, weight, stride: strides[0], padding: padding[0], dilation: dilations[0], groups: groups),
            2 => F.conv2d(input, weight, strides: strides, padding: padding, dilation: dilations, groups: groups),
            _ => F.conv3d(input, weight, strides: strides, padding: padding, dilation: dilations, groups: groups),
        };
    }

    /// <summary>
    /// TensorFlow's maximum starts at the lowest finite number and passes over NaN; the engine's gives NaN. Where gradients are wanted, such values
    /// have spoilt everything anyway, and the pass over the data is saved.
    /// </summary>
    private static torch.Tensor AboveLowest(torch.Tensor x)
    {
        if (!x.is_floating_point())
        {
            return x;
        }

        var lowest = torch.finfo(x.dtype).min;
        return x.nan_to_num(lowest, double.PositiveInfinity, lowest);
    }

    private static torch.Tensor Average(torch.Tensor input, long[] size, long[] strides, long[] padding) => size.Length switch
    {
        1 => F.avg_pool1d(input, size[0], strides[0], padding[0], count_include_pad: false),
        2 => F.avg_pool2d(input, size, strides, padding, count_include_pad: false),
        _ => F.avg_pool3d(input, size, strides, padding, count_include_pad: false),
    };

    /// <summary>The border that the window needs: left to the engine where it is the same on both sides, else added to the input.</summary>
    private (torch.Tensor Input, long[] Padding) Border(torch.Tensor x, Window window, double value)
    {
        var borders = new (int Before, int After)[window.Rank];
        for (var axis = 0; axis < borders.Length; axis++)
        {
            borders[axis] = window.BorderOf(x.size(axis + 1), axis);
        }

        // Pooling in the engine allows a border of half the window at most.
        return borders.Select((border, axis) => border.Before == border.After && border.Before <= window.Size[axis] / 2).All(simple => simple)
            ? (x, Array.ConvertAll(borders, border => (long)border.Before))
            : (Pad(x, [(0, 0), .. borders, (0, 0)], value), new long[window.Rank]);
    }

    /// <summary>[spatial…, a, b] as [b, a, spatial…]: Keras's kernels as the engine takes them, in a row as its gradients need them.</summary>
    private static torch.Tensor OutputFirst(torch.Tensor kernel)
    {
        var rank = (int)kernel.dim();
        return kernel.permute([rank - 1, rank - 2, .. Enumerable.Range(0, rank - 2).Select(axis => (long)axis)]).contiguous();
    }

    /// <summary>[batch, spatial…, channels] seen as [batch, channels, spatial…].</summary>
    private static torch.Tensor ChannelsFirst(torch.Tensor x)
    {
        var rank = (int)x.dim();
        return x.permute([0, rank - 1, .. Enumerable.Range(1, rank - 2).Select(axis => (long)axis)]);
    }

    /// <summary>[batch, channels, spatial…] seen as [batch, spatial…, channels].</summary>
    private static torch.Tensor ChannelsLast(torch.Tensor x)
    {
        var rank = (int)x.dim();
        return x.permute([0, .. Enumerable.Range(2, rank - 2).Select(axis => (long)axis), 1]);
    }
}
