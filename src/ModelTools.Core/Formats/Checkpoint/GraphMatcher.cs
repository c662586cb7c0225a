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
    /// <summary>Bookkeeping of preprocessing layers, which is no weight of theirs.</summary>
    private static readonly HashSet<string> NoWeights = new(StringComparer.Ordinal) { "adapt_mean", "adapt_variance", "token_counts" };

    private readonly Dictionary<Variable, int> _nodes = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<int> _used = [];
    private readonly HashSet<TrackableObject> _visited = [];
    private readonly Dictionary<int, Dictionary<string, int>> _edges = [];
    private readonly Dictionary<TrackableObject, ILookup<TrackableObject, string[]>> _ways = [];

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
    public static int? FirstLayer(ObjectGraph graph) => FindModel(graph) is not { } model ? null
        : graph.Child(model, "layer_with_weights-0") ?? (Operations(graph, model) is { } list ? graph.Child(list, "1") : null);

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
        CheckCount(node, layers.Length, model);
        foreach (var layer in layers)
        {
            if (Find(node, item, objects.Of(layer)) is not { } found)
            {
                MissAll(layer.Variables, ErrorCode.LayerMismatch, $"The checkpoint has no layer at the place of the layer '{layer.Name}' ({layer.ClassName}).");
            }
            else if (layer.NestedModel is { } nested)
            {
                MatchModel(found, nested);
            }
            else
            {
                MatchLayer(found, objects.Of(layer), layer);
            }
        }
    }

    /// <summary>The list of a Keras 3 model's operations, or null.</summary>
    private static int? Operations(ObjectGraph graph, int model) =>
        graph.Child(model, "_operations") ?? (graph.Child(model, "_functional") is { } functional ? graph.Child(functional, "_operations") : null);

    private static bool IsModel(ObjectGraph graph, int node) => graph.Nodes[node].Children.Any(child => child.Name is "layer_with_weights-0" or "layer-0" or "_functional" or "_operations");

    private void CheckCount(int node, int expected, Model model)
    {
        var stored = Operations(graph, node) is { } list
            ? graph.Nodes[list].Children.Count(child => HasVariables(child.Node))
            : graph.Nodes[node].Children.Count(child => child.Name.StartsWith("layer_with_weights-", StringComparison.Ordinal));
        if (stored != expected && !model.Layers.Any(layer => layer.Layer is UnknownLayer))
        {
            throw new ModelToolsException(ErrorCode.LayerCountMismatch, $"The model '{model.Name}' has {expected} layers with weights, the checkpoint has {stored}.")
            {
                Path = match.Reader.Prefix,
                Location = model.Name,
            };
        }
    }

    private void MatchLayer(int node, TrackableObject item, ModelLayer layer)
    {
        var before = _nodes.Count;
        List<(TrackableObject Owner, TrackableObject Variable)> missing = [];
        MatchObject(node, item, layer.Name, item.Title, missing);
        var stored = VariablesBelow(node).Where(pair => !NoWeights.Contains(pair.Name)).ToArray();
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
        if (_visited.Add(part))
        {
            MatchObject(node, part, layer, title, missing);
        }
    }

    /// <summary>The node of a child: by the first of its names that the checkpoint has.</summary>
    private int? Find(int node, TrackableObject parent, TrackableObject child)
    {
        if (!_ways.TryGetValue(parent, out var ways))
        {
            _ways[parent] = ways = parent.Children.Select(edge => (Path: new[] { edge.Name }, edge.Child)).Concat(parent.Aliases).ToLookup(way => way.Child, way => way.Path);
        }

        return ways[child].Select(path => Follow(node, path)).FirstOrDefault(found => found is not null);
    }

    private int? Follow(int node, string[] path)
    {
        int? at = node;
        foreach (var name in path)
        {
            at = at is { } from && Edges(from).TryGetValue(name, out var child) ? child : null;
        }

        return at;
    }

    private Dictionary<string, int> Edges(int node)
    {
        if (!_edges.TryGetValue(node, out var edges))
        {
            _edges[node] = edges = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var child in graph.Nodes[node].Children)
            {
                edges.TryAdd(child.Name, child.Node);
            }
        }

        return edges;
    }

    private bool HasVariables(int node) => VariablesBelow(node).Any(pair => !NoWeights.Contains(pair.Name));

    /// <summary>The variables that a node of the checkpoint leads to, each once, with the name of the edge to it.</summary>
    private List<(int Node, string Name)> VariablesBelow(int start)
    {
        List<(int, string)> variables = [];
        HashSet<int> seen = [start];
        var open = new Queue<int>([start]);
        while (open.TryDequeue(out var node))
        {
            foreach (var child in graph.Nodes[node].Children.Where(child => seen.Add(child.Node)))
            {
                open.Enqueue(child.Node);
                if (graph.ValueKey(child.Node) is not null)
                {
                    variables.Add((child.Node, child.Name.TrimStart('_')));
                }
            }
        }

        return variables;
    }

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
