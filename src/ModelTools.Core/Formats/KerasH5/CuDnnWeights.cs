using ModelTools.Layers;
using ModelTools.Tensors;

namespace ModelTools.Formats.KerasH5;

/// <summary>Converts the weights of recurrent layers that were computed by NVIDIA's library, which are recognised by the shape of their bias.</summary>
internal static class CuDnnWeights
{
    private const int LstmGates = 4;
    private const int GruGates = 3;

    /// <summary>Every kernel, recurrent kernel and bias in the layout of plain layers.</summary>
    public static IReadOnlyList<StoredWeight> ToPlain(IReadOnlyList<Variable> variables, IReadOnlyList<StoredWeight> weights)
    {
        var converted = weights.ToArray();
        for (var i = 0; i + 2 < variables.Count; i++)
        {
            if (variables[i].Name == "kernel" && variables[i + 1].Name == "recurrent_kernel" && variables[i + 2].Name == "bias"
                && GatesOf(variables[i + 1].Shape, variables[i + 2].Shape, weights[i + 2].Value.Shape) is { } gates
                && Enumerable.Range(i, 3).All(place => weights[place].Value.DType == DType.Float32)
                && weights[i].Value.Shape.Equals(variables[i].Shape) && weights[i + 1].Value.Shape.Equals(variables[i + 1].Shape))
            {
                converted[i] = weights[i] with { Value = Blocks(weights[i].Value, gates, isRecurrent: false) };
                converted[i + 1] = weights[i + 1] with { Value = Blocks(weights[i + 1].Value, gates, isRecurrent: true) };
                converted[i + 2] = weights[i + 2] with { Value = gates == LstmGates ? SumOfHalves(weights[i + 2].Value) : weights[i + 2].Value.Reshape(variables[i + 2].Shape) };
            }
        }

        return converted;
    }

    private static int? GatesOf(Shape recurrent, Shape bias, Shape stored)
    {
        var units = recurrent[0];
        return stored is not [var length] ? null
            : bias is [var single] && single == LstmGates * units && length == 2 * single ? LstmGates
            : bias is [2, var half] && half == GruGates * units && length == 2 * half ? GruGates
            : null;
    }

    // A gate's block is transposed. That of the input kernel is also read in another order: its elements, row by row, fill the columns.
    private static Tensor Blocks(Tensor kernel, int gates, bool isRecurrent)
    {
        var source = kernel.AsSpan<float>();
        var (rows, width) = ((int)kernel.Shape[0], (int)kernel.Shape[1]);
        var columns = width / gates;
        var target = new float[source.Length];
        for (var gate = 0; gate < gates; gate++)
        {
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    var place = isRecurrent ? (column, row) : Math.DivRem(row + (column * rows), columns);
                    target[(row * width) + (gate * columns) + column] = source[(place.Item1 * width) + (gate * columns) + place.Item2];
                }
            }
        }

        return Tensor.FromArray<float>(target, kernel.Shape);
    }

    private static Tensor SumOfHalves(Tensor bias)
    {
        var source = bias.AsSpan<float>();
        var half = source.Length / 2;
        var sum = new float[half];
        for (var i = 0; i < half; i++)
        {
            sum[i] = source[i] + source[half + i];
        }

        return Tensor.FromArray<float>(sum, [half]);
    }
}
