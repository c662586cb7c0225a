using ModelTools.Tensors;

namespace ModelTools.Operators;

/// <content>Convolution, pooling, resizing.</content>
public sealed partial class ShapeOperators
{
    /// <inheritdoc/>
    public TensorSpec Convolution(TensorSpec x, TensorSpec kernel, Window window, int groups = 1)
    {
        RequireKernel(x, kernel, window);
        RequireChannels(x.Shape[^1], kernel.Shape[^2] < 0 ? Shape.Unknown : kernel.Shape[^2] * groups, kernel);
        if (kernel.Shape[^1] >= 0 && kernel.Shape[^1] % groups != 0)
        {
            throw Mismatch($"A convolution cannot split {kernel.Shape[^1]} filters into {groups} equal groups.");
        }

        return Slide(x, window, kernel.Shape[^1]);
    }

    /// <inheritdoc/>
    public TensorSpec DepthwiseConvolution(TensorSpec x, TensorSpec kernel, Window window)
    {
        RequireKernel(x, kernel, window);
        RequireChannels(x.Shape[^1], kernel.Shape[^2], kernel);
        return Slide(x, window, Product(kernel.Shape[^2], kernel.Shape[^1]));
    }

    /// <inheritdoc/>
    public TensorSpec ConvolutionTranspose(TensorSpec x, TensorSpec kernel, Window window, IReadOnlyList<int>? outputPadding = null)
    {
        RequireKernel(x, kernel, window);
        RequireChannels(x.Shape[^1], kernel.Shape[^1], kernel);
        var spatial = Enumerable.Range(0, window.Rank).Select(axis => window.TransposedLength(x.Shape[axis + 1], axis, outputPadding?[axis]));
        return new TensorSpec(x.DType, [x.Shape[0], .. spatial, kernel.Shape[^2]]);
    }

    /// <inheritdoc/>
    public TensorSpec Pool(Pooling pooling, TensorSpec x, Window window)
    {
        RequireSpatial(x, window, "Pooling");
        return Slide(x, window, x.Shape[^1]);
    }

    /// <inheritdoc/>
    public TensorSpec Resize(TensorSpec x, int heightFactor, int widthFactor, Interpolation interpolation)
    {
        RequireImages(x);
        return new TensorSpec(x.DType, [x.Shape[0], Product(x.Shape[1], heightFactor), Product(x.Shape[2], widthFactor), x.Shape[3]]);
    }

    /// <inheritdoc/>
    public TensorSpec ResizeTo(TensorSpec x, ImageResizing resizing)
    {
        RequireImages(x);
        return new TensorSpec(x.DType, [x.Shape[0], resizing.Height, resizing.Width, x.Shape[3]]);
    }

    /// <inheritdoc/>
    public TensorSpec Pad(TensorSpec x, IReadOnlyList<(int Before, int After)> padding, double value = 0)
    {
        if (padding.Count != x.Shape.Rank)
        {
            throw Mismatch($"Padding for {padding.Count} axes does not fit a tensor of shape {x.Shape}.");
        }

        return new TensorSpec(x.DType, [.. x.Shape.Zip(padding, (extent, border) => extent < 0 ? extent : extent + border.Before + border.After)]);
    }

    private static void RequireImages(TensorSpec x)
    {
        if (x.Shape.Rank != 4)
        {
            throw Mismatch($"Images to resize have 4 axes (batch, height, width, channels), not the shape {x.Shape}.");
        }
    }

    private static TensorSpec Slide(TensorSpec x, Window window, long channels)
    {
        var spatial = Enumerable.Range(0, window.Rank).Select(axis => window.OutputLength(x.Shape[axis + 1], axis) is not 0 and var length
            ? length
            : throw Mismatch($"A window of extent {window.Extent(axis)} does not fit into an input of shape {x.Shape}: spatial axis {axis + 1} has only {x.Shape[axis + 1]} elements."));
        return new TensorSpec(x.DType, [x.Shape[0], .. spatial, channels]);
    }

    private static void RequireSpatial(TensorSpec x, Window window, string what)
    {
        if (x.Shape.Rank != window.Rank + 2)
        {
            throw Mismatch($"{what} over {window.Rank} spatial axes takes a tensor with {window.Rank + 2} axes, not one of shape {x.Shape}.");
        }
    }

    private static void RequireKernel(TensorSpec x, TensorSpec kernel, Window window)
    {
        RequireSpatial(x, window, "A convolution");
        RequireSpatial(kernel, window, "A convolution's kernel");
        RequireSameType(x, kernel, "A convolution");
    }

    private static void RequireChannels(long channels, long wanted, TensorSpec kernel)
    {
        if (Merge(channels, wanted) is null)
        {
            throw Mismatch($"A convolution with a kernel of shape {kernel.Shape} takes {wanted} input channels, not {channels}.");
        }
    }

    // Extents of a file may be anything: beyond the range of a number they stay at its end, which is refused as no machine's.
    private static long Product(long a, long b) => a < 0 || b < 0 ? Shape.Unknown : (long)Int128.Min((Int128)a * b, long.MaxValue);

    private static long Sum(long a, long b) => a < 0 || b < 0 ? Shape.Unknown : (long)Int128.Min((Int128)a + b, long.MaxValue);
}
