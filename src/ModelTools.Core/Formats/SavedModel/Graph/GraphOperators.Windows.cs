using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Formats.SavedModel.Graph;

/// <content>Convolution, pooling, resizing and padding.</content>
internal sealed partial class GraphOperators
{
    // TensorFlow has no operations for one spatial axis: a height of 1 is put in front of it.
    private const int HeightAxis = 1;

    private static readonly Dictionary<Interpolation, string> ResizeOperators = new()
    {
        [Interpolation.Nearest] = "ResizeNearestNeighbor",
        [Interpolation.Bilinear] = "ResizeBilinear",
        [Interpolation.Bicubic] = "ResizeBicubic",
        [Interpolation.Area] = "ResizeArea",
    };

    /// <inheritdoc/>
    public GraphTensor Convolution(GraphTensor x, GraphTensor kernel, Window window, int groups = 1)
    {
        if (window.Padding is Padding.Causal)
        {
            x = Pad(x, [(0, 0), window.BorderOf(0, 0), (0, 0)]);
            window = window with { Padding = Padding.Valid };
        }

        if (window.Rank == 1)
        {
            return Squeeze(Convolution(ExpandDimensions(x, HeightAxis), ExpandDimensions(kernel, 0), Widen(window), groups), HeightAxis);
        }

        return function.Add(window.Rank == 2 ? "Conv2D" : "Conv3D", [x, kernel], Shapes.Convolution(x.Spec, kernel.Spec, window, groups), WindowAttributes(x, window));
    }

    /// <inheritdoc/>
    public GraphTensor DepthwiseConvolution(GraphTensor x, GraphTensor kernel, Window window)
    {
        if (window.Padding is Padding.Causal)
        {
            x = Pad(x, [(0, 0), window.BorderOf(0, 0), (0, 0)]);
            window = window with { Padding = Padding.Valid };
        }

        if (window.Rank == 1)
        {
            // The operation takes one stride for both axes; on a height of 1 any stride is the same.
            var wide = Widen(window) with { Strides = [window.Strides[0], window.Strides[0]] };
            return Squeeze(DepthwiseConvolution(ExpandDimensions(x, HeightAxis), ExpandDimensions(kernel, 0), wide), HeightAxis);
        }

        return function.Add("DepthwiseConv2dNative", [x, kernel], Shapes.DepthwiseConvolution(x.Spec, kernel.Spec, window), WindowAttributes(x, window));
    }

    /// <inheritdoc/>
    public GraphTensor ConvolutionTranspose(GraphTensor x, GraphTensor kernel, Window window, IReadOnlyList<int>? outputPadding = null)
    {
        if (window.Rank == 1)
        {
            int[]? wide = outputPadding is null ? null : [0, outputPadding[0]];
            return Squeeze(ConvolutionTranspose(ExpandDimensions(x, HeightAxis), ExpandDimensions(kernel, 0), Widen(window), wide), HeightAxis);
        }

        List<Dimension<GraphTensor>> sizes = [DimensionOf(x, 0)];
        for (var axis = 0; axis < window.Rank; axis++)
        {
            sizes.Add(TransposedExtent(x, window, axis, outputPadding?[axis]));
        }

        sizes.Add(kernel.Shape[^2]);
        var spec = Shapes.ConvolutionTranspose(x.Spec, kernel.Spec, window, outputPadding);
        return window.Rank == 2
            ? function.Add("Conv2DBackpropInput", [Extents(sizes), kernel, x], spec, WindowAttributes(x, window))
            : function.Add("Conv3DBackpropInputV2", [Extents(sizes), kernel, x], spec, [.. WindowAttributes(x, window), Index("Tshape")]);
    }

    /// <inheritdoc/>
    public GraphTensor Pool(Pooling pooling, GraphTensor x, Window window)
    {
        if (window.Rank == 1)
        {
            return Squeeze(Pool(pooling, ExpandDimensions(x, HeightAxis), Widen(window)), HeightAxis);
        }

        var name = (pooling is Pooling.Maximum ? "MaxPool" : "AvgPool") + (window.Rank == 3 ? "3D" : "");
        return function.Add(name, [x], Shapes.Pool(pooling, x.Spec, window), Typed(x), ("ksize", PerAxis(window.Size)), ("strides", PerAxis(window.Strides)), PaddingOf(window));
    }

    /// <inheritdoc/>
    public GraphTensor Resize(GraphTensor x, int heightFactor, int widthFactor, Interpolation interpolation)
    {
        if (!ResizeOperators.TryGetValue(interpolation, out var name))
        {
            return ResizeTo(x, new ImageResizing((int)x.Shape[1] * heightFactor, (int)x.Shape[2] * widthFactor, interpolation));
        }

        var size = Extents([Scaled(DimensionOf(x, 1), heightFactor), Scaled(DimensionOf(x, 2), widthFactor)]);
        return Resized(name, x, size, Shapes.Resize(x.Spec, heightFactor, widthFactor, interpolation));
    }

    /// <inheritdoc/>
    public GraphTensor ResizeTo(GraphTensor x, ImageResizing resizing) =>
        resizing is { Fit: ImageFit.Stretch, Antialias: false } && ResizeOperators.TryGetValue(resizing.Interpolation, out var name)
            ? Resized(name, x, Extents([resizing.Height, resizing.Width]), Shapes.ResizeTo(x.Spec, resizing))
            : ImageResampling.Resize(this, x, resizing);

    private GraphTensor Resized(string name, GraphTensor x, GraphTensor size, TensorSpec spec)
    {
        var keepsType = name == "ResizeNearestNeighbor";
        (string Key, AttributeValue Value)[] attributes = name == "ResizeArea" ? [Typed(x)] : [Typed(x), ("half_pixel_centers", AttributeValue.Bool(true))];
        var resized = function.Add(name, [x, size], keepsType ? spec : spec with { DType = DType.Float32 }, attributes);
        return keepsType ? resized : Cast(resized, x.DType);
    }

    /// <inheritdoc/>
    public GraphTensor Pad(GraphTensor x, IReadOnlyList<(int Before, int After)> padding, double value = 0)
    {
        var amounts = Constant(Tensor.FromArray<int>([.. padding.SelectMany(pair => new[] { pair.Before, pair.After })], [padding.Count, 2]));
        var spec = Shapes.Pad(x.Spec, padding, value);
        return value == 0
            ? function.Add("Pad", [x, amounts], spec, Typed(x), Index("Tpaddings"))
            : function.Add("PadV2", [x, amounts, Fill(x.DType, [], value)], spec, Typed(x), Index("Tpaddings"));
    }

    private static Window Widen(Window window) => new([1, window.Size[0]], [1, window.Strides[0]], window.Padding, [1, window.Dilations[0]]);

    private static AttributeValue PerAxis(IReadOnlyList<int> spatial) => AttributeValue.Ints([1, .. spatial, 1]);

    private static (string Key, AttributeValue Value) PaddingOf(Window window) => ("padding", AttributeValue.Text(window.Padding is Padding.Same ? "SAME" : "VALID"));

    private static List<(string Key, AttributeValue Value)> WindowAttributes(GraphTensor x, Window window) =>
        [Typed(x), ("strides", PerAxis(window.Strides)), ("dilations", PerAxis(window.Dilations)), PaddingOf(window)];

    private Dimension<GraphTensor> Scaled(Dimension<GraphTensor> extent, int factor) => extent.IsKnown
        ? extent.Known * factor
        : new Dimension<GraphTensor>(Shape.Unknown, this.Multiply(extent.Value!, factor));

    // The rule is linear in the input's extent, so that two lengths give its constant.
    private Dimension<GraphTensor> TransposedExtent(GraphTensor x, Window window, int axis, int? outputPadding)
    {
        var extent = DimensionOf(x, axis + 1);
        if (extent.IsKnown)
        {
            return window.TransposedLength(extent.Known, axis, outputPadding);
        }

        var constant = window.TransposedLength(1, axis, outputPadding) - window.Strides[axis];
        var scaled = Scaled(extent, window.Strides[axis]).Value!;
        return new Dimension<GraphTensor>(Shape.Unknown, constant == 0 ? scaled : this.Add(scaled, constant));
    }
}
