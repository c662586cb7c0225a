using ModelTools.Layers;
using ModelTools.Models;

namespace ModelTools.Formats.Checkpoint;

/// <summary>Gives layers that cannot be run the weights that a checkpoint holds for them, with the paths that it has to them.</summary>
internal static class OpaqueWeights
{
    /// <summary>Far more than a layer has; it ends the walk through a graph that is made to be deep.</summary>
    private const int MaximumObjects = 1000;

    /// <summary>Declares the weights of all opaque layers of a model and of those inside it.</summary>
    public static void Adopt(CheckpointReader reader, ObjectGraph graph, int node, Model model)
    {
        var operations = GraphMatcher.Operations(graph, node);
        for (var i = 0; i < model.AllLayers.Count; i++)
        {
            var layer = model.AllLayers[i];
            var place = operations is { } list ? graph.Child(list, $"{i}") : graph.Child(node, $"layer-{PlaceOf(model, i)}");
            if (place is not { } found)
            {
                continue;
            }

            if (layer.NestedModel is { } nested)
            {
                Adopt(reader, graph, found, nested);
            }
            else if (layer is { IsOpaque: true, Weights: { } scope } && !layer.Variables.Any())
            {
                Declare(reader, graph, found, scope, [found]);
            }
        }
    }

    // A sequential model's input layer is not counted.
    private static int PlaceOf(Model model, int index) => index - (model.AllLayers.Count - model.Layers.Count);

    private static void Declare(CheckpointReader reader, ObjectGraph graph, int node, WeightScope scope, HashSet<int> seen)
    {
        // What is nearest has the name; a wrapper leads to its own weights and to those of the layer inside.
        var (weights, parts) = (graph.VariablesBelow(node).Select(weight => weight.Node).ToHashSet(), graph.Nodes[node].Children);
        foreach (var child in parts.Where(child => weights.Contains(child.Node) && seen.Add(child.Node)))
        {
            if (reader.Find(graph.ValueKey(child.Node)!) is { DType: { } dtype } entry)
            {
                scope.Add(new Variable(child.Name, graph.Nodes[child.Node].Attributes[0].FullName, entry.Shape, dtype) { IsTrainable = !UnknownLayer.IsStatistic(child.Name) });
            }
        }

        foreach (var child in parts.Where(child => seen.Count < MaximumObjects && seen.Add(child.Node)))
        {
            var part = new WeightScope(scope.Owner, child.Name);
            Declare(reader, graph, child.Node, part, seen);
            if (part.All.Any())
            {
                scope.Add(part);
            }
        }
    }
}
