using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Formats.KerasH5;

/// <summary>Brings weights that older Kerases and other engines laid out otherwise into the layout of today.</summary>
/// <remarks>Keras 2: <c>preprocess_weights_for_loading</c>; Keras 3 has dropped all of it.</remarks>
internal static class WeightConversions
{
    private static readonly int[] ChannelsFirstToLast = [2, 3, 1, 0];
    private static readonly int[] TheanoToTensorFlow = [3, 2, 0, 1];

    /// <summary>The stored weights of a layer, converted where they have to be.</summary>
    /// <param name="layer">The layer that gets them.</param>
    /// <param name="variables">Its weights in Keras's order.</param>
    /// <param name="stored">The stored weights.</param>
    /// <param name="version">Version of Keras that wrote them.</param>
    /// <param name="backend">Engine under it, or null.</param>
    public static IReadOnlyList<StoredWeight> Apply(ModelLayer layer, IReadOnlyList<Variable> variables, LegacyLayer stored, string version, string? backend)
    {
        IReadOnlyList<StoredWeight> weights = [.. stored.Weights.Select(weight => new StoredWeight(weight.Dataset.Path, weight.PlainName, weight.Role, weight.Dataset.Read()))];
        weights = LowRankAdaption.Merge(layer.Layer, weights);
        if (version.StartsWith('1'))
        {
            weights = Keras1Weights.Join(layer.ClassName, weights);
        }

        if (weights.Count != variables.Count)
        {
            return weights;
        }

        weights = CuDnnWeights.ToPlain(variables, weights);
        var isTheano = backend == "theano" && !version.Contains("-tf", StringComparison.Ordinal);
        return [.. weights.Select((weight, index) => weight with { Value = Kernel(weight.Value, variables[index], isTheano) })];
    }

    private static Tensor Kernel(Tensor value, Variable variable, bool isTheano)
    {
        if (variable.Shape.Rank < 3 || !variable.Name.EndsWith("kernel", StringComparison.Ordinal))
        {
            return value;
        }

        if (variable.Shape.Rank == 3 && value.Shape.Rank == 4)
        {
            value = Conv1DOfKeras1(value, variable.Shape);
        }
        else if (value.Shape.Rank == 4 && !value.Shape.Equals(variable.Shape))
        {
            var order = new[] { TheanoToTensorFlow, ChannelsFirstToLast }.FirstOrDefault(order => value.Permuted(order).Shape.Equals(variable.Shape));
            value = order is null ? value : value.Permuted(order);
        }

        // Theano turns the window around before it multiplies.
        return isTheano && value.Shape.Equals(variable.Shape) ? value.Flipped(value.Shape.Rank - 2) : value;
    }

    private static Tensor Conv1DOfKeras1(Tensor value, Shape wanted)
    {
        var last = value.Shape[1] == 1 && value.Shape[0] == wanted[0] ? value : value.Permuted(ChannelsFirstToLast);
        return last.Shape[1] == 1 ? last.Reshape([last.Shape[0], last.Shape[2], last.Shape[3]]) : value;
    }
}
