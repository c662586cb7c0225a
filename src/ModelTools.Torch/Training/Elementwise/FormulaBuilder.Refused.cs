using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Torch.Training.Elementwise;

/// <content>What looks beyond one element; a formula that uses it is computed by the engine instead.</content>
internal sealed partial class FormulaBuilder
{
    Shape IOperators<Operand>.ShapeOf(Operand x) => throw Refused();

    Dimension<Operand> IOperators<Operand>.DimensionOf(Operand x, int axis) => throw Refused();

    Operand IOperators<Operand>.Constant(Tensor value) => throw Refused();

    Operand IOperators<Operand>.RandomUniform(DType dtype, IReadOnlyList<Dimension<Operand>> shape, double minimum, double maximum, int? seed) => throw Refused();

    Operand IOperators<Operand>.RandomNormal(DType dtype, IReadOnlyList<Dimension<Operand>> shape, double mean, double deviation, int? seed) => throw Refused();

    Operand IOperators<Operand>.Select(Operand condition, Operand whenTrue, Operand whenFalse) => throw Refused();

    Operand IOperators<Operand>.Reduce(Reduction reduction, Operand x, IReadOnlyList<int> axes, bool keepDimensions) => throw Refused();

    Operand IOperators<Operand>.ArgMax(Operand x, int axis) => throw Refused();

    Operand IOperators<Operand>.CumulativeSum(Operand x, int axis) => throw Refused();

    Operand IOperators<Operand>.MatMul(Operand a, Operand b, bool transposeA, bool transposeB) => throw Refused();

    Operand IOperators<Operand>.Einsum(string equation, params IReadOnlyList<Operand> operands) => throw Refused();

    Operand IOperators<Operand>.Convolution(Operand x, Operand kernel, Window window, int groups) => throw Refused();

    Operand IOperators<Operand>.DepthwiseConvolution(Operand x, Operand kernel, Window window) => throw Refused();

    Operand IOperators<Operand>.ConvolutionTranspose(Operand x, Operand kernel, Window window, IReadOnlyList<int>? outputPadding) => throw Refused();

    Operand IOperators<Operand>.Pool(Pooling pooling, Operand x, Window window) => throw Refused();

    Operand IOperators<Operand>.Resize(Operand x, int heightFactor, int widthFactor, Interpolation interpolation) => throw Refused();

    Operand IOperators<Operand>.Pad(Operand x, IReadOnlyList<(int Before, int After)> padding, double value) => throw Refused();

    Operand IOperators<Operand>.Reshape(Operand x, IReadOnlyList<Dimension<Operand>> shape) => throw Refused();

    Operand IOperators<Operand>.Transpose(Operand x, IReadOnlyList<int> permutation) => throw Refused();

    Operand IOperators<Operand>.ExpandDimensions(Operand x, int axis) => throw Refused();

    Operand IOperators<Operand>.Squeeze(Operand x, int axis) => throw Refused();

    Operand IOperators<Operand>.Concat(IReadOnlyList<Operand> parts, int axis) => throw Refused();

    IReadOnlyList<Operand> IOperators<Operand>.Split(Operand x, int parts, int axis) => throw Refused();

    Operand IOperators<Operand>.Stack(IReadOnlyList<Operand> parts, int axis) => throw Refused();

    IReadOnlyList<Operand> IOperators<Operand>.Unstack(Operand x, int axis) => throw Refused();

    Operand IOperators<Operand>.Slice(Operand x, int axis, long start, long? stop, long step) => throw Refused();

    Operand IOperators<Operand>.Reverse(Operand x, int axis) => throw Refused();

    Operand IOperators<Operand>.Tile(Operand x, IReadOnlyList<Dimension<Operand>> multiples) => throw Refused();

    Operand IOperators<Operand>.Repeat(Operand x, int times, int axis) => throw Refused();

    Operand IOperators<Operand>.Gather(Operand x, Operand indices, int axis) => throw Refused();

    Operand IOperators<Operand>.OneHot(Operand indices, int depth, DType dtype) => throw Refused();

    ScanResult<Operand> IOperators<Operand>.Loop(Scan<Operand> scan) => throw Refused();
}
