using ModelTools.Layers;
using ModelTools.Models;

namespace ModelTools.Formats.KerasH5;

/// <summary>Gives layers that cannot be run the weights that the file holds under their names.</summary>
internal static class OpaqueWeights
{
    /// <summary>Declares the weights of all opaque layers of a model and of those inside it.</summary>
    public static void Adopt(Model model, LegacyFile file)
    {
        var stored = file.Layers.GroupBy(layer => layer.Name).ToDictionary(group => group.Key, group => group.First().Weights);
        Adopt(model, name => stored.GetValueOrDefault(name) ?? []);
    }

    private static void Adopt(Model model, Func<string, IReadOnlyList<LegacyWeight>> weightsOf)
    {
        foreach (var layer in model.AllLayers)
        {
            var found = weightsOf(layer.Name);
            if (layer.NestedModel is { } nested)
            {
                // A file keeps the weights of a model inside in one list; the names tell the layers.
                Adopt(nested, name => [.. found.Where(weight => weight.IsOf(name))]);
            }
            else if (layer.IsOpaque && !layer.Variables.Any())
            {
                layer.AdoptWeights(Declare(found));
            }
        }
    }

    // Files hold trainable weights first: from the first statistic on nothing is trained.
    private static IEnumerable<Variable> Declare(IReadOnlyList<LegacyWeight> weights)
    {
        var isTrainable = true;
        foreach (var weight in weights)
        {
            isTrainable &= !UnknownLayer.IsStatistic(weight.Role);
            yield return new Variable(weight.Role, weight.PlainName, weight.Dataset.Shape, weight.Dataset.Read().DType) { IsTrainable = isTrainable };
        }
    }
}
