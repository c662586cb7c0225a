using ModelTools.Diagnostics;

namespace ModelTools.Models;

/// <summary>Finds the calls and layers between inputs and outputs, in Keras's order (<c>map_graph</c> of keras.src.ops.function).</summary>
/// <param name="Layers">Layers by decreasing depth, then by first visit: the order of <c>model.layers</c>.</param>
/// <param name="Nodes">Calls, producers first.</param>
internal sealed record LayerGraph(IReadOnlyList<ModelLayer> Layers, IReadOnlyList<LayerCallNode> Nodes)
{
    public static LayerGraph Between(IReadOnlyList<SymbolicTensor> inputs, IReadOnlyList<SymbolicTensor> outputs)
    {
        var order = new List<LayerCallNode>();
        var visitRank = new Dictionary<ModelLayer, int>(ReferenceEqualityComparer.Instance);
        var finished = new HashSet<LayerCallNode>(ReferenceEqualityComparer.Instance);
        var sources = inputs.Select(input => input.Call).ToHashSet<LayerCallNode>(ReferenceEqualityComparer.Instance);
        foreach (var output in outputs)
        {
            Visit(output.Call, sources, order, visitRank, finished);
        }

        var depths = DepthsOf(order);
        foreach (var input in inputs)
        {
            depths.TryAdd(input.Layer, 0);
            visitRank.TryAdd(input.Layer, -1);
            if (finished.Add(input.Call))
            {
                order.Insert(0, input.Call);
            }
        }

        var layers = depths.Keys.OrderByDescending(layer => depths[layer]).ThenBy(layer => visitRank[layer]);
        return new LayerGraph([.. layers], order);
    }

    // An explicit stack: a chain of a hundred thousand layers must not end the process.
    private static void Visit(LayerCallNode start, HashSet<LayerCallNode> sources, List<LayerCallNode> order, Dictionary<ModelLayer, int> visitRank, HashSet<LayerCallNode> finished)
    {
        var stack = new Stack<(LayerCallNode Node, int Next)>();
        stack.Push((start, 0));
        while (stack.Count > 0)
        {
            var (node, next) = stack.Pop();
            if (finished.Contains(node))
            {
                continue;
            }

            visitRank.TryAdd(node.Layer, visitRank.Count);
            if (node.Inputs.Count == 0 && !sources.Contains(node))
            {
                throw new ModelToolsException(ErrorCode.MalformedGraph, $"The outputs depend on the input '{node.Layer.Name}', which is not among the model's inputs.") { Location = node.Layer.Name };
            }

            if (next < node.Inputs.Count && !sources.Contains(node))
            {
                stack.Push((node, next + 1));
                stack.Push((node.Inputs[next].Call, 0));
                continue;
            }

            finished.Add(node);
            order.Add(node);
        }
    }

    private static Dictionary<ModelLayer, int> DepthsOf(List<LayerCallNode> order)
    {
        var nodeDepths = new Dictionary<LayerCallNode, int>(ReferenceEqualityComparer.Instance);
        var depths = new Dictionary<ModelLayer, int>(ReferenceEqualityComparer.Instance);
        for (var i = order.Count - 1; i >= 0; i--)
        {
            var node = order[i];
            var depth = Math.Max(nodeDepths.GetValueOrDefault(node), depths.GetValueOrDefault(node.Layer));
            nodeDepths[node] = depth;
            depths[node.Layer] = depth;
            foreach (var input in node.Inputs)
            {
                nodeDepths[input.Call] = Math.Max(nodeDepths.GetValueOrDefault(input.Call), depth + 1);
            }
        }

        return depths;
    }
}
