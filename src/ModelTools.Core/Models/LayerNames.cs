using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Objects;

namespace ModelTools.Models;

/// <summary>Keras's automatic names: the class in snake case, then <c>_1</c>, <c>_2</c> … within one model.</summary>
internal sealed class LayerNames(IEnumerable<string> taken)
{
    private const int MostCharacters = 20_000_000;

    private readonly HashSet<string> _taken = [.. taken.Where(name => name.Length > 0)];
    private readonly Dictionary<string, int> _next = [];

    /// <summary>Gives names to the layers that have none, those inside of wrappers included.</summary>
    public static void Assign(IReadOnlyList<ModelLayer> layers)
    {
        var names = new LayerNames(layers.SelectMany(layer => WithParts(layer.Layer)).Select(layer => layer.Name));
        foreach (var layer in layers.Where(layer => WithParts(layer.Layer).Any(part => part.Name.Length == 0)))
        {
            layer.Rename(names.Name(layer.Layer));
        }
    }

    /// <summary>Characters of all paths of names to layers, such as <c>encoder/block/dense</c>: every weight's name begins with one.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="layers">Its layers.</param>
    /// <exception cref="ModelToolsException">MT2004: they are more than any program would choose; a long name before many layers takes a file's length times its length.</exception>
    public static (long Layers, long Characters) MeasurePaths(string name, IReadOnlyList<ModelLayer> layers)
    {
        var (count, characters) = (0L, 0L);
        foreach (var layer in layers)
        {
            var inner = PathsIn(layer.Layer);
            count += 1 + inner.Layers;
            characters += ((layer.Name.Length + 1) * (1 + inner.Layers)) + inner.Characters;
        }

        return characters <= MostCharacters ? (count, characters)
            : throw new ModelToolsException(ErrorCode.SizeLimit, $"The names of the layers in '{name}' have {characters} characters in all; at most {MostCharacters} are read.") { Location = name };
    }

    private static (long Layers, long Characters) PathsIn(Layer layer) => layer is NestedModel nested ? nested.Model.Paths
        : layer.Parts.Select(PathsIn).Aggregate((0L, 0L), (sum, part) => (sum.Item1 + part.Layers, sum.Item2 + part.Characters));

    private static IEnumerable<Layer> WithParts(Layer layer) => layer.Parts.SelectMany(WithParts).Append(layer);

    // What is inside of a wrapper exists before it and counts like any other layer.
    private Layer Name(Layer layer)
    {
        var whole = layer.Parts.Count == 0 ? layer : layer.WithParts([.. layer.Parts.Select(Name)]);
        return whole.Name.Length > 0 ? whole : whole with { Name = For(whole) };
    }

    private string For(Layer layer) => layer is InputLayer ? Free("input", 1) : Free(SnakeCase.Of(layer.ClassName), 0);

    private string Free(string stem, int first)
    {
        while (true)
        {
            var number = _next.TryGetValue(stem, out var next) ? next : first;
            _next[stem] = number + 1;
            var name = number == 0 ? stem : $"{stem}_{number}";
            if (_taken.Add(name))
            {
                return name;
            }
        }
    }
}
