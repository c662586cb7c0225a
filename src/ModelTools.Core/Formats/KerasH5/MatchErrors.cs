using System.Text;
using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Models;

namespace ModelTools.Formats.KerasH5;

/// <summary>What to say where the weights of a file do not fit a model.</summary>
internal static class MatchErrors
{
    private const int MaximumRows = 12;

    /// <summary>MT3001, with both lists side by side where they are short.</summary>
    public static ModelToolsException LayerCount(string path, IReadOnlyList<ModelLayer> layers, IReadOnlyList<LegacyLayer> stored)
    {
        var message = new StringBuilder($"The file has weights for {Count(stored.Count, "layer")}, the model has {Count(layers.Count, "layer")} with weights.");
        if (Math.Max(layers.Count, stored.Count) <= MaximumRows)
        {
            var width = Math.Max(12, stored.Count == 0 ? 0 : stored.Max(layer => Describe(layer).Length));
            message.Append("\n  ").Append("file".PadRight(width)).Append("  model");
            for (var i = 0; i < Math.Max(layers.Count, stored.Count); i++)
            {
                message.Append("\n  ").Append((i < stored.Count ? Describe(stored[i]) : "-").PadRight(width)).Append("  ").Append(i < layers.Count ? Describe(layers[i]) : "-");
            }
        }

        return new ModelToolsException(ErrorCode.LayerCountMismatch, message.ToString())
        {
            Path = path,
            Advice = "Make the model with the layers it was trained with, or load the layers whose names agree with -ByName.",
        };
    }

    /// <summary>MT3003.</summary>
    public static ModelToolsException WeightCount(string path, ModelLayer layer, IReadOnlyList<Variable> variables, LegacyLayer stored) =>
        new(ErrorCode.WeightCountMismatch,
            $"The layer {layer.Name} ({layer.ClassName}) has {Count(variables.Count, "weight")} ({Roles(variables.Select(variable => variable.Name))}); the file has {stored.Weights.Count} for its layer '{stored.Name}' ({Roles(stored.Weights.Select(weight => weight.Role))}).")
        {
            Path = path,
            Location = layer.Name,
            Advice = "Give the layer the options it was trained with (such as UseBias, Center, Scale), or pass -SkipMismatch to leave it as it is.",
        };

    /// <summary>MT3002, or MT3005 where the weights have other roles as well.</summary>
    public static ModelToolsException Shape(string path, ModelLayer layer, Variable variable, StoredWeight tensor, LegacyLayer stored)
    {
        var roles = layer.Weights!.All.Select(each => each.Name).ToHashSet();
        if (!stored.Weights.Any(weight => roles.Contains(weight.Role)))
        {
            return new ModelToolsException(ErrorCode.LayerMismatch,
                $"The layer {layer.Name} ({layer.ClassName}) has the weights {Roles(roles)}; in its place the file has the layer '{stored.Name}' with {Roles(stored.Weights.Select(weight => weight.Role))}.")
            {
                Path = path,
                Location = layer.Name,
            };
        }

        return new ModelToolsException(ErrorCode.WeightShapeMismatch,
            $"The weight '{variable.Name}' of the layer {layer.Name} ({layer.ClassName}) has shape {variable.Shape}; the file has shape {tensor.Value.Shape} for it in '{stored.Name}'.")
        {
            Path = path,
            Location = $"{layer.Name}/{variable.Name}",
            Advice = "Give the layer and its input the sizes they were trained with, or pass -SkipMismatch to leave such weights as they are.",
        };
    }

    private static string Describe(LegacyLayer layer) => $"{layer.Name} {string.Join(' ', layer.Weights.Take(3).Select(weight => weight.Dataset.Shape))}{(layer.Weights.Count > 3 ? " …" : "")}";

    private static string Describe(ModelLayer layer) =>
        $"{layer.Name} ({layer.ClassName}) {string.Join(' ', layer.Weights!.InKerasOrder.Take(3).Select(variable => variable.Shape))}{(layer.Variables.Skip(3).Any() ? " …" : "")}";

    private static string Roles(IEnumerable<string> roles) => roles.ToList() is var list && list.Count > 8 ? string.Join(", ", list.Take(8)) + ", …" : string.Join(", ", list);

    private static string Count(int count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";
}
