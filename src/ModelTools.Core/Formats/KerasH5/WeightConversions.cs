using ModelTools.Layers;
using ModelTools.Models;

namespace ModelTools.Formats.KerasH5;

/// <summary>Brings weights that older Kerases laid out otherwise into the layout of today.</summary>
internal static class WeightConversions
{
    /// <summary>The stored weights of a layer, converted where they have to be.</summary>
    /// <param name="layer">The layer that gets them.</param>
    /// <param name="variables">Its weights in Keras's order.</param>
    /// <param name="stored">The stored weights.</param>
    /// <param name="version">Version of Keras that wrote them.</param>
    /// <param name="backend">Engine under it, or null.</param>
    public static IReadOnlyList<StoredWeight> Apply(ModelLayer layer, IReadOnlyList<Variable> variables, LegacyLayer stored, string version, string? backend) =>
        LowRankAdaption.Merge(layer.Layer, [.. stored.Weights.Select(weight => new StoredWeight(weight.Dataset.Path, weight.PlainName, weight.Role, weight.Dataset.Read()))]);
}
