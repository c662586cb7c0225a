using ModelTools.Diagnostics;

namespace ModelTools.Formats.SavedModel.Reading;

/// <summary>Checks of the graphs of a SavedModel that need no knowledge of what the operations do.</summary>
internal static class GraphChecks
{
    /// <summary>Operations that reach beyond the model: files, Python, other programs.</summary>
    private static readonly HashSet<string> Unsafe = new(StringComparer.Ordinal)
    {
        "ReadFile", "WriteFile", "MatchingFiles", "PyFunc", "PyFuncStateless", "EagerPyFunc", "LMDBReader", "TextLineReader", "TextLineReaderV2", "TFRecordReader", "TFRecordReaderV2",
        "WholeFileReader", "WholeFileReaderV2", "FixedLengthRecordReader", "FixedLengthRecordReaderV2", "TextLineDataset", "TFRecordDataset", "FixedLengthRecordDataset", "FixedLengthRecordDatasetV2",
        "DebugIdentityV2", "DebugIdentityV3", "PrintV2File", "SaveDataset", "SaveDatasetV2", "LoadDataset", "SnapshotDataset", "SnapshotDatasetV2", "SqlDataset",
    };

    /// <summary>Operations through which a loop of TensorFlow 1 legally returns to its start.</summary>
    private static readonly HashSet<string> LoopBack = new(StringComparer.Ordinal) { "NextIteration", "RefNextIteration" };

    /// <summary>What is wrong with the graphs.</summary>
    public static IEnumerable<ModelFinding> Check(IReadOnlyList<GraphSummary> graphs)
    {
        foreach (var graph in graphs)
        {
            foreach (var node in graph.Nodes.Where(node => Unsafe.Contains(node.Op)))
            {
                yield return new ModelFinding(ErrorCode.UnsafeOperation, $"The operation {node.Op} ('{node.Name}') reaches beyond the model.", Place(graph, node.Name));
            }

            if (CycleIn(graph) is { } stuck)
            {
                yield return new ModelFinding(ErrorCode.CorruptSavedModel, $"The operation '{stuck}' waits for its own result.", Place(graph, stuck));
            }
        }

        var byName = graphs.Where(graph => graph.Name.Length > 0).GroupBy(graph => graph.Name).ToDictionary(group => group.Key, group => group.First());

        // A function can stand where an operation does, as graphs of TensorFlow 1 have it.
        foreach (var (graph, node) in graphs.SelectMany(graph => graph.Nodes, (graph, node) => (graph, node)).DistinctBy(place => place.node.Op))
        {
            if (!byName.ContainsKey(node.Op) && !KnownOperations.Contains(node.Op))
            {
                yield return new ModelFinding(ErrorCode.UnsupportedOperation, $"TensorFlow has no operation '{node.Op}': programs without the library that adds it cannot load the model.", Place(graph, node.Name)) { Severity = FindingSeverity.Error };
            }
        }

        foreach (var graph in graphs)
        {
            foreach (var missing in graph.Calls.Where(call => !byName.ContainsKey(call)))
            {
                yield return new ModelFinding(ErrorCode.CorruptSavedModel, $"The function '{missing}' is called but not there.", graph.Name);
            }
        }

        if (FunctionCycle(byName) is { } circular)
        {
            yield return new ModelFinding(ErrorCode.CorruptSavedModel, $"The function '{circular}' calls itself.", circular);
        }
    }

    private static string Place(GraphSummary graph, string node) => graph.Name.Length == 0 ? node : $"{graph.Name}/{node}";

    // Removes nodes whose inputs are all removed (Kahn): what is left waits for itself.
    private static string? CycleIn(GraphSummary graph)
    {
        var readers = new Dictionary<string, List<int>>();
        var waiting = new int[graph.Nodes.Count];
        var names = new Dictionary<string, int>();
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            names.TryAdd(graph.Nodes[i].Name, i);
        }

        var free = new Stack<int>();
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            foreach (var input in graph.Nodes[i].Inputs.Where(input => names.TryGetValue(input, out var source) && !LoopBack.Contains(graph.Nodes[source].Op)))
            {
                waiting[i]++;
                (readers.TryGetValue(input, out var list) ? list : readers[input] = []).Add(i);
            }

            if (waiting[i] == 0)
            {
                free.Push(i);
            }
        }

        var done = 0;
        while (free.TryPop(out var node))
        {
            done++;
            foreach (var reader in readers.GetValueOrDefault(graph.Nodes[node].Name, []))
            {
                if (--waiting[reader] == 0)
                {
                    free.Push(reader);
                }
            }
        }

        return done == graph.Nodes.Count ? null : graph.Nodes[Array.FindIndex(waiting, count => count > 0)].Name;
    }

    private static string? FunctionCycle(Dictionary<string, GraphSummary> functions)
    {
        var callers = functions.Values.ToDictionary(function => function.Name, function => function.Calls.Count(functions.ContainsKey));
        var calledBy = functions.Values.SelectMany(function => function.Calls.Where(functions.ContainsKey).Select(call => (call, function.Name))).ToLookup(pair => pair.call, pair => pair.Name);
        var free = new Stack<string>(callers.Where(pair => pair.Value == 0).Select(pair => pair.Key));
        while (free.TryPop(out var name))
        {
            callers.Remove(name);
            foreach (var caller in calledBy[name])
            {
                if (--callers[caller] == 0)
                {
                    free.Push(caller);
                }
            }
        }

        return callers.Count == 0 ? null : callers.Keys.Order(StringComparer.Ordinal).First();
    }
}
