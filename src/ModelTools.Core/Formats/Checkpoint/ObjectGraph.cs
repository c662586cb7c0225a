using ModelTools.Diagnostics;
using ModelTools.Formats.Protobuf;

namespace ModelTools.Formats.Checkpoint;

/// <summary>The objects behind an object-based checkpoint and how they hang together (<c>TrackableObjectGraph</c>). Node 0 is the root.</summary>
/// <remarks>Cycles are legal. Keys are free text: a reader walks the graph by local names and takes the keys that it finds there.</remarks>
/// <param name="Nodes">The objects; numbers in them are positions in this list.</param>
public sealed record ObjectGraph(IReadOnlyList<ObjectNode> Nodes)
{
    /// <summary>Bookkeeping of preprocessing layers, which is no weight of theirs.</summary>
    private static readonly HashSet<string> NoWeights = new(StringComparer.Ordinal) { "adapt_mean", "adapt_variance", "token_counts" };

    /// <summary>Name of the attribute that holds a variable's value.</summary>
    public const string VariableValue = "VARIABLE_VALUE";

    /// <summary>Reads a graph.</summary>
    /// <param name="bytes">The serialized message.</param>
    /// <param name="limits">How many objects and edges it may have.</param>
    /// <exception cref="ModelToolsException">MT1004: damaged; MT2007: too large.</exception>
    public static ObjectGraph Parse(ReadOnlySpan<byte> bytes, ModelReadLimits? limits = null)
    {
        limits ??= ModelReadLimits.Default;
        List<ObjectNode> nodes = [];
        var budget = limits.MaximumObjects;
        var reader = new ProtoReader(bytes, ErrorCode.CorruptCheckpoint, "the checkpoint's object graph", limits.MaximumDepth);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                nodes.Add(ObjectNode.Read(reader.Message(), ref budget));
            }
        }

        var graph = new ObjectGraph(nodes);
        graph.Check();
        return graph;
    }

    /// <summary>The node that an edge of a node leads to, or null.</summary>
    /// <param name="node">Where to start.</param>
    /// <param name="name">Local name of the edge.</param>
    public int? Child(int node, string name)
    {
        foreach (var child in Nodes[node].Children)
        {
            if (child.Name == name)
            {
                return child.Node;
            }
        }

        return null;
    }

    /// <summary>The node at the end of a path of local names from the root, or null.</summary>
    public int? Find(params string[] path)
    {
        int? node = Nodes.Count > 0 ? 0 : null;
        foreach (var name in path)
        {
            node = node is { } from ? Child(from, name) : null;
        }

        return node;
    }

    /// <summary>Key of a variable's value, or null where the node is not a variable.</summary>
    public string? ValueKey(int node)
    {
        foreach (var attribute in Nodes[node].Attributes)
        {
            if (attribute.Name == VariableValue)
            {
                return attribute.Key;
            }
        }

        return null;
    }

    /// <summary>The weights that a node leads to, each once, nearest first, with the name of the edge to it (without Keras 3's underscore).</summary>
    internal IReadOnlyList<(int Node, string Name)> VariablesBelow(int start)
    {
        List<(int, string)> variables = [];
        HashSet<int> seen = [start];
        var open = new Queue<int>([start]);
        while (open.TryDequeue(out var node))
        {
            foreach (var child in Nodes[node].Children)
            {
                if (!NoWeights.Contains(child.Name) && seen.Add(child.Node))
                {
                    open.Enqueue(child.Node);
                    if (ValueKey(child.Node) is not null)
                    {
                        variables.Add((child.Node, child.Name.TrimStart('_')));
                    }
                }
            }
        }

        return variables;
    }

    /// <summary>Keys by the variables' full names (<c>dense/kernel</c>); the first where several share a name.</summary>
    public IReadOnlyDictionary<string, string> KeysByFullName()
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in Nodes.SelectMany(node => node.Attributes))
        {
            if (attribute.FullName.Length > 0)
            {
                keys.TryAdd(attribute.FullName, attribute.Key);
            }
        }

        return keys;
    }

    /// <summary>The serialized message, as TensorFlow writes it.</summary>
    public byte[] ToBytes()
    {
        var hasValues = NodesWithValues();
        var writer = new ProtoWriter(64 * Nodes.Count);
        for (var i = 0; i < Nodes.Count; i++)
        {
            using (writer.Message(1))
            {
                Nodes[i].Write(writer, hasValues[i]);
            }
        }

        return writer.ToArray();
    }

    private void Check()
    {
        foreach (var node in Nodes)
        {
            foreach (var child in node.Children)
            {
                CheckNumber(child.Node);
            }

            foreach (var slot in node.Slots)
            {
                CheckNumber(slot.Variable);
                CheckNumber(slot.SlotVariable);
            }
        }
    }

    private void CheckNumber(int node)
    {
        if (node < 0 || node >= Nodes.Count)
        {
            throw new ModelToolsException(ErrorCode.CorruptCheckpoint, $"The checkpoint's object graph is damaged: it names node {node} of {Nodes.Count}.");
        }
    }

    /// <summary>Which nodes hold a value or lead to one; later readers skip the others.</summary>
    private bool[] NodesWithValues()
    {
        var parents = new List<int>?[Nodes.Count];
        var found = new bool[Nodes.Count];
        var open = new Stack<int>();
        for (var i = 0; i < Nodes.Count; i++)
        {
            foreach (var child in Nodes[i].Children)
            {
                (parents[child.Node] ??= []).Add(i);
            }

            if (Nodes[i].Attributes.Count > 0 || Nodes[i].Slots.Count > 0 || Nodes[i].Saver is not null)
            {
                found[i] = true;
                open.Push(i);
            }
        }

        while (open.TryPop(out var node))
        {
            foreach (var parent in parents[node] ?? [])
            {
                if (!found[parent])
                {
                    found[parent] = true;
                    open.Push(parent);
                }
            }
        }

        return found;
    }
}
