using ModelTools.Layers;
using ModelTools.Models;

namespace ModelTools.Validation;

/// <summary>Names every weight of a model by its layer and role, the same in every container.</summary>
internal static class WeightPaths
{
    /// <summary>Paths such as <c>dense/kernel</c> and <c>lstm/cell/kernel</c>, each once, layer by layer.</summary>
    public static IReadOnlyList<(string Path, Variable Variable)> Of(Model model)
    {
        var found = new List<(string, Variable)>();
        var seen = new HashSet<Variable>(ReferenceEqualityComparer.Instance);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var layer in model.AllLayers)
        {
            if (layer.Weights is { } weights)
            {
                Add(layer.Name, weights);
            }
        }

        foreach (var variable in model.TopLevelVariables)
        {
            AddOne(variable.FullName, variable);
        }

        return found;

        void Add(string path, WeightScope scope)
        {
            foreach (var variable in scope.Variables)
            {
                AddOne($"{path}/{variable.Name}", variable);
            }

            foreach (var child in scope.Children)
            {
                Add($"{path}/{child.Edge}", child);
            }
        }

        void AddOne(string path, Variable variable)
        {
            if (!seen.Add(variable))
            {
                return;
            }

            var unique = path;
            for (var number = 1; !taken.Add(unique); number++)
            {
                unique = $"{path}_{number}";
            }

            found.Add((unique, variable));
        }
    }
}
