using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Objects;

namespace ModelTools.Validation;

/// <summary>Names every weight of a model by its layer and role, the same in every container.</summary>
internal static class WeightPaths
{
    /// <summary>Paths such as <c>dense/kernel</c> and <c>lstm/cell/kernel</c>, each once, layer by layer.</summary>
    public static IReadOnlyList<(string Path, Variable Variable)> Of(Model model)
    {
        var found = new List<(string, Variable)>();
        var seen = new HashSet<Variable>(ReferenceEqualityComparer.Instance);
        var names = new UniqueNames(first: 1);
        AddLayers(model, "");

        foreach (var variable in model.TopLevelVariables)
        {
            AddOne(variable.FullName, variable);
        }

        return found;

        void AddLayers(Model owner, string prefix)
        {
            var unknown = new UnknownParts(owner);
            foreach (var layer in owner.AllLayers.Where(layer => layer.IsBuilt))
            {
                if (layer.NestedModel is { } nested)
                {
                    AddLayers(nested, $"{prefix}{layer.Name}/");
                }
                else if (unknown.Contains(layer))
                {
                    AddNumbered(prefix + layer.Name, layer.Variables);
                }

                Add(prefix + layer.Name, layer.Weights!);
            }
        }

        // Not every container names the weights of layers that are not known.
        void AddNumbered(string path, IEnumerable<Variable> variables)
        {
            var number = 0;
            foreach (var variable in variables)
            {
                AddOne($"{path}/{number++}", variable);
            }
        }

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
            if (seen.Add(variable))
            {
                found.Add((names.Take(path), variable));
            }
        }
    }
}
