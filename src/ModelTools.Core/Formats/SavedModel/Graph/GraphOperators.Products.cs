using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Formats.SavedModel.Graph;

/// <content>Matrix products, biases and normalisation.</content>
internal sealed partial class GraphOperators
{
    /// <inheritdoc/>
    public GraphTensor MatMul(GraphTensor a, GraphTensor b, bool transposeA = false, bool transposeB = false)
    {
        var matrices = a.Shape.Rank == 2 && b.Shape.Rank == 2;
        List<(string Key, AttributeValue Value)> attributes = [Typed(a)];
        if (transposeA)
        {
            attributes.Add((matrices ? "transpose_a" : "adj_x", AttributeValue.Bool(true)));
        }

        if (transposeB)
        {
            attributes.Add((matrices ? "transpose_b" : "adj_y", AttributeValue.Bool(true)));
        }

        return function.Add(matrices ? "MatMul" : "BatchMatMulV2", [a, b], Shapes.MatMul(a.Spec, b.Spec, transposeA, transposeB), attributes);
    }

    /// <inheritdoc/>
    public GraphTensor Einsum(string equation, params IReadOnlyList<GraphTensor> operands) =>
        function.Add("Einsum", operands, Shapes.Einsum(equation, [.. operands.Select(operand => operand.Spec)]),
            ("N", AttributeValue.Int(operands.Count)), Typed(operands[0]), ("equation", AttributeValue.Text(equation)));

    /// <inheritdoc/>
    GraphTensor IOperators<GraphTensor>.BiasAdd(GraphTensor x, GraphTensor bias) => bias.Shape.Rank == 1 && x.Shape.Rank >= 2
        ? function.Add("BiasAdd", [x, bias], x.Spec, Typed(x))
        : Binary(BinaryOperator.Add, x, bias);

    /// <inheritdoc/>
    GraphTensor IOperators<GraphTensor>.Normalize(GraphTensor x, GraphTensor mean, GraphTensor variance, GraphTensor? offset, GraphTensor? scale, double epsilon)
    {
        // Converters and runtimes know batch normalisation of images by this operation.
        if (x.Shape.Rank == 4 && mean.Shape.Rank == 1 && mean.Shape[0] == x.Shape[^1] && mean.DType == DType.Float32 && x.DType is DType.Float32 or DType.Float16)
        {
            scale ??= Fill(DType.Float32, [mean.Shape[0]], 1);
            offset ??= Fill(DType.Float32, [mean.Shape[0]], 0);
            if (scale.DType == DType.Float32 && offset.DType == DType.Float32)
            {
                return function.Add("FusedBatchNormV3", [x, scale, offset, mean, variance], x.Spec,
                    Typed(x), ("U", AttributeValue.Type(DType.Float32)), ("epsilon", AttributeValue.Float(epsilon)), ("is_training", AttributeValue.Bool(false)));
            }
        }

        return NormalizeByParts(x, mean, variance, offset, scale, epsilon);
    }

    private GraphTensor NormalizeByParts(GraphTensor x, GraphTensor mean, GraphTensor variance, GraphTensor? offset, GraphTensor? scale, double epsilon)
    {
        var factor = Unary(UnaryOperator.Rsqrt, this.Add(variance, epsilon));
        factor = scale is null ? factor : this.Multiply(factor, scale);
        var shift = this.Multiply(mean, factor);
        shift = offset is null ? this.Negate(shift) : this.Subtract(offset, shift);
        return this.Add(this.Multiply(x, factor), shift);
    }
}
