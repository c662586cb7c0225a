namespace ModelTools.Formats.Checkpoint;

/// <summary>Numbers and names objects as TensorFlow does: breadth first, and the first path to an object names it.</summary>
internal static class ObjectGraphBuilder
{
    /// <summary>Makes the graph of all that a root leads to, and lists the variables in the order in which TensorFlow stores them.</summary>
    public static (ObjectGraph Graph, IReadOnlyList<(string Key, TrackableObject Variable)> Variables) Build(TrackableObject root)
    {
        List<(TrackableObject Object, string Path)> found = [(root, string.Empty)];
        var numbers = new Dictionary<TrackableObject, int> { [root] = 0 };
        for (var i = 0; i < found.Count; i++)
        {
            var (parent, path) = found[i];
            foreach (var (name, child) in parent.Children)
            {
                if (numbers.TryAdd(child, found.Count))
                {
                    found.Add((child, path.Length == 0 ? Escape(name) : $"{path}/{Escape(name)}"));
                }
            }
        }

        AddSlotVariables(found, numbers);
        var nodes = new ObjectNode[found.Count];
        List<(string Key, TrackableObject Variable)> variables = [];
        for (var i = 0; i < nodes.Length; i++)
        {
            var (item, path) = found[i];
            nodes[i] = new ObjectNode
            {
                Children = [.. item.Children.Select(edge => new ObjectEdge(edge.Name, numbers[edge.Child]))],
                Slots = [.. item.Slots.Select(slot => new ObjectSlot(numbers[slot.Variable], slot.Name, numbers[slot.State]))],
                Attributes = !item.IsVariable ? [] : [new ObjectValue(ObjectGraph.VariableValue, item.FullName, Key(path))],
            };
            if (item.IsVariable)
            {
                variables.Add((Key(path), item));
            }
        }

        return (new ObjectGraph(nodes), variables);
    }

    private static void AddSlotVariables(List<(TrackableObject Object, string Path)> found, Dictionary<TrackableObject, int> numbers)
    {
        foreach (var (optimizer, path) in found.ToArray())
        {
            foreach (var (variable, name, state) in optimizer.Slots)
            {
                if (numbers.TryAdd(state, found.Count))
                {
                    found.Add((state, $"{found[numbers[variable]].Path}/.OPTIMIZER_SLOT/{path}/{Escape(name)}"));
                }
            }
        }
    }

    private static string Key(string path) => $"{path}/.ATTRIBUTES/{ObjectGraph.VariableValue}";

    private static string Escape(string name) => name.Replace(".", "..", StringComparison.Ordinal).Replace("/", ".S", StringComparison.Ordinal);
}
