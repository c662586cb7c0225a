using ModelTools.Layers;
using ModelTools.Models;

namespace ModelTools.Formats.KerasH5;

/// <summary>Gives layers that cannot be run the weights that the file holds under their names.</summary>
internal static class OpaqueWeights
{
    private static readonly HashSet<string> Statistics = ["moving_mean", "moving_variance", "moving_stddev", "mean", "variance", "count"];

    /// <summary>Declares the weights; those of a model whose layers are not known become layers too.</summary>
    public static void Adopt(Model model, LegacyFile file)
    {
        var stored = file.Layers.GroupBy(layer => layer.Name).ToDictionary(group => group.Key, group => group.First());
        foreach (var layer in model.AllLayers.Where(layer => layer.IsOpaque && !layer.Variables.Any()))
        {
            if (stored.TryGetValue(layer.Name, out var found))
            {
                layer.AdoptWeights(Declare(found.Weights));
            }
        }
    }

    // Files hold trainable weights first: from the first statistic on nothing is trained.
    private static IEnumerable<Variable> Declare(IReadOnlyList<LegacyWeight> weights)
    {
        var isTrainable = true;
        foreach (var weight in weights)
        {
            isTrainable &= !Statistics.Contains(weight.Role);
            yield return new Variable(weight.Role, weight.PlainName, weight.Dataset.Shape, weight.Dataset.Read().DType) { IsTrainable = isTrainable };
        }
    }
}
