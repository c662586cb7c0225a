using ModelTools.Diagnostics;
using ModelTools.Models;

namespace ModelTools.Formats.Checkpoint;

/// <summary>Pairs weights with tensors by name, <c>dense/kernel</c>: for checkpoints without object graph (TensorFlow 1) and for graphs that are not a Keras model's.</summary>
/// <param name="match">Takes the pairs.</param>
/// <param name="keys">Keys of tensors by the names of their variables.</param>
internal sealed class NameMatcher(CheckpointMatch match, IReadOnlyDictionary<string, string> keys)
{
    /// <summary>Pairs all weights of a model.</summary>
    /// <exception cref="ModelToolsException">MT3002: another shape; MT3004: there is no tensor of the name.</exception>
    public void Match(Model model)
    {
        foreach (var layer in model.AllLayers)
        {
            foreach (var weight in layer.Variables)
            {
                if (Find(weight.FullName) is { } key)
                {
                    match.Add($"the layer '{layer.Name}' ({layer.ClassName})", layer.Name, weight, key);
                }
                else
                {
                    match.Miss(weight, ErrorCode.WeightMissing, $"The checkpoint has no tensor '{weight.FullName}', which the layer '{layer.Name}' ({layer.ClassName}) needs.");
                }
            }
        }
    }

    /// <summary>The key of a name, also where the whole model was built inside a name scope.</summary>
    private string? Find(string name)
    {
        if (keys.TryGetValue(name, out var key))
        {
            return key;
        }

        var scoped = keys.Where(pair => pair.Key.EndsWith("/" + name, StringComparison.Ordinal)).Take(2).ToArray();
        return scoped.Length == 1 ? scoped[0].Value : null;
    }
}
