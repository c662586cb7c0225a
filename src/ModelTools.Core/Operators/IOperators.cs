using ModelTools.Tensors;

namespace ModelTools.Operators;

/// <summary>The closed vocabulary in which layers, losses, metrics and optimizers are written, with TensorFlow's semantics.</summary>
/// <typeparam name="T">The implementation's tensor: a value (executor), a node of a graph (emitter) or a shape (inference).</typeparam>
/// <remarks>
/// Tensors are channels-last, convolution kernels are [spatial…, in / groups, out]. Binary operators take two tensors of one type and broadcast
/// as NumPy does. Axes may be negative. Composite operators have a default made of primitive ones (<c>IOperators.Composites.cs</c>); an
/// implementation overrides those for which it has something better.
/// </remarks>
public partial interface IOperators<T>
    where T : class
{
    /// <summary>Element type of a tensor.</summary>
    DType DTypeOf(T x);

    /// <summary>What is known of a tensor's shape now.</summary>
    Shape ShapeOf(T x);

    /// <summary>One extent of a tensor: known, or a value of the running model.</summary>
    Dimension<T> DimensionOf(T x, int axis);

    /// <summary>A tensor of fixed values.</summary>
    T Constant(Tensor value);

    /// <summary>A tensor filled with one number.</summary>
    T Fill(DType dtype, IReadOnlyList<Dimension<T>> shape, double value);

    /// <summary>Random numbers, uniform in [minimum, maximum).</summary>
    T RandomUniform(DType dtype, IReadOnlyList<Dimension<T>> shape, double minimum, double maximum, int? seed);

    /// <summary>Random numbers, normal.</summary>
    T RandomNormal(DType dtype, IReadOnlyList<Dimension<T>> shape, double mean, double deviation, int? seed);

    /// <summary>An operator on each element.</summary>
    T Unary(UnaryOperator op, T x);

    /// <summary>An operator on the elements of two tensors.</summary>
    T Binary(BinaryOperator op, T a, T b);

    /// <summary>Takes <paramref name="whenTrue"/> where the condition holds, else <paramref name="whenFalse"/>; all three broadcast.</summary>
    T Select(T condition, T whenTrue, T whenFalse);

    /// <summary>Converts the element type (floats to integers: toward zero).</summary>
    T Cast(T x, DType dtype);

    /// <summary>The same value, through which no gradient flows.</summary>
    T StopGradient(T x);

    /// <summary>Reduces axes; no axes named: nothing is reduced.</summary>
    T Reduce(Reduction reduction, T x, IReadOnlyList<int> axes, bool keepDimensions = false);

    /// <summary>Index of the largest element along an axis, the first of equals; int64.</summary>
    T ArgMax(T x, int axis);

    /// <summary>Running sum along an axis.</summary>
    T CumulativeSum(T x, int axis);

    /// <summary>Matrix product over the last two axes; leading axes broadcast; a matrix of rank 2 serves a batch.</summary>
    T MatMul(T a, T b, bool transposeA = false, bool transposeB = false);

    /// <summary>Einstein summation, such as <c>abc,cd-&gt;abd</c>.</summary>
    T Einsum(string equation, params IReadOnlyList<T> operands);

    /// <summary>Cross-correlation over 1 to 3 spatial axes.</summary>
    /// <param name="x">[batch, spatial…, in].</param>
    /// <param name="kernel">[spatial…, in / groups, out].</param>
    /// <param name="window">Strides, padding, dilations; its size is the kernel's.</param>
    /// <param name="groups">Input channels are split into so many groups.</param>
    T Convolution(T x, T kernel, Window window, int groups = 1);

    /// <summary>Cross-correlation of each channel by itself.</summary>
    /// <param name="x">[batch, spatial…, in].</param>
    /// <param name="kernel">[spatial…, in, multiplier]; output channel = channel · multiplier + m.</param>
    /// <param name="window">Strides, padding, dilations; its size is the kernel's.</param>
    T DepthwiseConvolution(T x, T kernel, Window window);

    /// <summary>The gradient of a convolution with respect to its input ("deconvolution").</summary>
    /// <param name="x">[batch, spatial…, in].</param>
    /// <param name="kernel">[spatial…, out, in].</param>
    /// <param name="window">Strides, padding, dilations of the convolution whose gradient it is.</param>
    /// <param name="outputPadding">Extra length per spatial axis, or null for Keras's default.</param>
    T ConvolutionTranspose(T x, T kernel, Window window, IReadOnlyList<int>? outputPadding = null);

    /// <summary>Pools 1 to 3 spatial axes.</summary>
    T Pool(Pooling pooling, T x, Window window);

    /// <summary>Enlarges [batch, height, width, channels] by whole factors.</summary>
    T Resize(T x, int heightFactor, int widthFactor, Interpolation interpolation);

    /// <summary>Adds elements before and after each axis.</summary>
    T Pad(T x, IReadOnlyList<(int Before, int After)> padding, double value = 0);

    /// <summary>The same elements in another shape; one extent may be -1.</summary>
    T Reshape(T x, IReadOnlyList<Dimension<T>> shape);

    /// <summary>Permutes axes: axis i of the result is axis permutation[i] of the input.</summary>
    T Transpose(T x, IReadOnlyList<int> permutation);

    /// <summary>Inserts an axis of extent 1.</summary>
    T ExpandDimensions(T x, int axis);

    /// <summary>Removes an axis of extent 1.</summary>
    T Squeeze(T x, int axis);

    /// <summary>Joins tensors along an axis.</summary>
    T Concat(IReadOnlyList<T> parts, int axis);

    /// <summary>Cuts an axis into equal parts.</summary>
    IReadOnlyList<T> Split(T x, int parts, int axis);

    /// <summary>Joins tensors along a new axis.</summary>
    T Stack(IReadOnlyList<T> parts, int axis);

    /// <summary>Cuts a known axis into its elements and removes it.</summary>
    IReadOnlyList<T> Unstack(T x, int axis);

    /// <summary>Part of an axis.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="start">First index; negative counts from the end.</param>
    /// <param name="stop">Index after the last; null for the end, negative counts from the end.</param>
    /// <param name="step">Distance, positive.</param>
    T Slice(T x, int axis, long start, long? stop = null, long step = 1);

    /// <summary>Reverses an axis.</summary>
    T Reverse(T x, int axis);

    /// <summary>Repeats a tensor so many times along each axis.</summary>
    T Tile(T x, IReadOnlyList<Dimension<T>> multiples);

    /// <summary>Repeats each element along an axis.</summary>
    T Repeat(T x, int times, int axis);

    /// <summary>Takes elements of an axis by integer indices: the indices' shape takes the axis's place.</summary>
    T Gather(T x, T indices, int axis = 0);

    /// <summary>1 where the index says, else 0: adds a last axis.</summary>
    T OneHot(T indices, int depth, DType dtype);

    /// <summary>A loop over time.</summary>
    ScanResult<T> Loop(Scan<T> scan);
}
