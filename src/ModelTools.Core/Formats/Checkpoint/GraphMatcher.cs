using System.Globalization;
using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Models;

namespace ModelTools.Formats.Checkpoint;

/// <summary>Walks a checkpoint's object graph and the objects of a model together, by local names, and pairs their variables.</summary>
/// <param name="graph">The checkpoint's graph.</param>
/// <param name="objects">The model's objects.</param>
/// <param name="match">Takes the pairs.</param>
internal sealed class GraphMatcher(ObjectGraph graph, ModelObjects objects, CheckpointMatch match)
{
    private readonly Dictionary<Variable, int> _nodes = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<int> _used = [];
    private readonly HashSet<TrackableObject> _visited = [];

    /// <summary>The node of each weight that was found.</summary>
    public IReadOnlyDictionary<Variable, int> Nodes => _nodes;

    /// <summary>The node that is a model: the root, or what a root that wraps a model calls <c>model</c>, <c>net</c> or the like; null if there is none.</summary>
    public static int? FindModel(ObjectGraph graph)
    {
        if (graph.Nodes.Count == 0)
        {
            return null;
        }

        if (IsModel(graph, 0))
        {
            return 0;
        }

        var wrapped = graph.Nodes[0].Children.Where(child => IsModel(graph, child.Node)).Select(child => child.Node).Distinct().ToArray();
        return wrapped.Length switch
        {
            0 => null,
            1 => wrapped[0],
            _ => graph.Child(0, "model") ?? graph.Child(0, "net") ?? wrapped[0],
        };
    }

    /// <summary>The node of the first layer that has weights, or null.</summary>
    public static int? FirstLayer(ObjectGraph graph) => FindModel(graph) is { } model ? LayersWithWeights(graph, model).Select(node => (int?)node).FirstOrDefault() : null;

    /// <summary>The list of a Keras 3 model's operations, or null.</summary>
    public static int? Operations(ObjectGraph graph, int model) =>
        graph.Child(model, "_operations") ?? (graph.Child(model, "_functional") is { } functional ? graph.Child(functional, "_operations") : null);

    /// <summary>Pairs a model's layers with those below a node.</summary>
    /// <exception cref="ModelToolsException">MT3001 to MT3005: the structures differ.</exception>
    public void MatchModel(int node, Model model)
    {
        var item = objects.Of(model);
        if (!_visited.Add(item))
        {
            return;
        }

        var layers = model.Layers.Where(layer => layer.Variables.Any()).ToArray();
        var stored = LayersWithWeights(graph, node);
        if (stored.Count != layers.Length)
        {
            throw new ModelToolsException(ErrorCode.LayerCountMismatch, $"The model '{model.Name}' has {layers.Length} {(layers.Length == 1 ? "layer" : "layers")} with weights, the checkpoint has {stored.Count}.")
            {
                Path = match.Reader.Prefix,
                Location = model.Name,
            };
        }

        for (var i = 0; i < layers.Length; i++)
        {
            if (layers[i].NestedModel is { } nested)
            {
                MatchModel(stored[i], nested);
            }
            else
            {
                MatchLayer(stored[i], objects.Of(layers[i]), layers[i]);
            }
        }
    }

    /// <summary>The nodes of a model's layers that have weights, in order. Keras 2 numbers them; Keras 3 has one list of all operations.</summary>
    private static List<int> LayersWithWeights(ObjectGraph graph, int model)
    {
        var list = Operations(graph, model) ?? model;
        var prefix = list == model ? "layer_with_weights-" : string.Empty;
        return [.. graph.Nodes[list].Children
            .Where(child => child.Name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(child => (child.Node, Number: int.TryParse(child.Name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1))
            .Where(child => child.Number >= 0 && graph.VariablesBelow(child.Node).Count > 0)
            .OrderBy(child => child.Number).Select(child => child.Node)];
    }

    private static bool IsModel(ObjectGraph graph, int node) => graph.Nodes[node].Children.Any(child => child.Name is "layer_with_weights-0" or "layer-0" or "_functional" or "_operations");

    private void MatchLayer(int node, TrackableObject item, ModelLayer layer)
    {
        var before = _nodes.Count;
        List<(TrackableObject Owner, TrackableObject Variable)> missing = [];
        MatchObject(node, item, layer.Name, item.Title, missing);
        var stored = graph.VariablesBelow(node);
        if (missing.Count > 0 && _nodes.Count == before)
        {
            MissAll(
                missing.Select(pair => pair.Variable.Source!),
                ErrorCode.LayerMismatch,
                $"{Sentence(item.Title)} has the weights {Names(layer.Variables.Select(variable => variable.Name))}; the checkpoint's layer at its place has {Names(stored.Select(pair => pair.Name))}.");
            return;
        }

        var extra = stored.Where(pair => !_used.Contains(pair.Node)).Select(pair => pair.Name).ToArray();
        if (missing.Count > 0 || extra.Length > 0)
        {
            var message = $"{Sentence(item.Title)} has the weights {Names(layer.Variables.Select(variable => variable.Name))}; the checkpoint has {Names(stored.Select(pair => pair.Name))} for it.";
            MissAll(missing.Count > 0 ? missing.Select(pair => pair.Variable.Source!) : layer.Variables.Take(1), ErrorCode.WeightCountMismatch, message);
        }
    }

    private void MatchObject(int node, TrackableObject item, string layer, string title, List<(TrackableObject Owner, TrackableObject Variable)> missing)
    {
        foreach (var child in item.Children.Select(child => child.Child).Distinct())
        {
            var found = Find(node, item, child);
            if (child.Source is { } weight)
            {
                if (found is { } variable && graph.ValueKey(variable) is { } key)
                {
                    _nodes[weight] = variable;
                    _used.Add(variable);
                    match.Add(title, layer, weight, key);
                }
                else
                {
                    missing.Add((item, child));
                }
            }
            else if (found is { } part)
            {
                MatchPart(part, child, layer, title, missing);
            }
            else
            {
                missing.AddRange(VariablesOf(child).Select(variable => (child, variable)));
            }
        }
    }

    private void MatchPart(int node, TrackableObject part, string layer, string title, List<(TrackableObject Owner, TrackableObject Variable)> missing)
    {
        if (objects.ModelOf(part) is { } model)
        {
            MatchModel(node, model);
        }
        else if (_visited.Add(part))
        {
            MatchObject(node, part, layer, title, missing);
        }
    }

    /// <summary>The node of a child: by the first of its names that the checkpoint has.</summary>
    private int? Find(int node, TrackableObject parent, TrackableObject child) => parent.Children.Concat(parent.Aliases)
        .Where(edge => ReferenceEquals(edge.Child, child)).Select(edge => graph.Child(node, edge.Name)).FirstOrDefault(found => found is not null);

    private static IEnumerable<TrackableObject> VariablesOf(TrackableObject item) =>
        item.IsVariable ? [item] : item.Children.Select(child => child.Child).Distinct().SelectMany(VariablesOf);

    private void MissAll(IEnumerable<Variable> weights, ErrorCode code, string message)
    {
        foreach (var weight in weights)
        {
            match.Miss(weight, code, message);
        }
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.DefaultIfEmpty("none"));

    private static string Sentence(string title) => char.ToUpperInvariant(title[0]) + title[1..];
}
