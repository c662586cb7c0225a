using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Training;

namespace ModelTools.Formats.Checkpoint;

/// <summary>An optimizer's objects in a checkpoint: as tf.keras 2.11 and later write them; read also as older ones and Keras 3 do.</summary>
internal static class OptimizerObjects
{
    /// <summary>The object of a model's optimizer: the list of all its variables, and the step count and learning rate under names of their own.</summary>
    public static TrackableObject Of(Model model, Optimizer optimizer)
    {
        var layout = OptimizerLayout.For(optimizer, OptimizerGeneration.Keras2, Describe(model));
        var values = model.OptimizerState is { } state ? layout.Flatten(state) : [Tensor.Scalar(0L)];
        var item = new TrackableObject("the optimizer");
        var list = item.Add("_variables", new TrackableObject());
        for (var i = 0; i < values.Count; i++)
        {
            var name = layout.Entries[i].Name;
            list.Add($"{i}", TrackableObject.Variable(name.EndsWith(":0", StringComparison.Ordinal) ? name[..^2] : name, values[i]));
        }

        item.Add("_iterations", list.Children[0].Child);
        var constant = optimizer.LearningRate is ConstantLearningRate;
        var rate = optimizer.LearningRateAt(model.OptimizerState?.Iterations ?? 0, model.OptimizerState?.LearningRate);
        item.Add(constant ? "_learning_rate" : "_current_learning_rate", TrackableObject.Variable(constant ? "learning_rate" : "current_learning_rate", Tensor.Scalar((float)rate)));
        return item;
    }

    /// <summary>The node of an optimizer: below the model, or beside it below the root; null if there is none.</summary>
    public static int? Find(ObjectGraph graph, int model)
    {
        foreach (var parent in new[] { model, 0 })
        {
            foreach (var child in graph.Nodes[parent].Children)
            {
                if (graph.Child(child.Node, "_iterations") is not null || graph.Child(child.Node, "iter") is not null)
                {
                    return child.Node;
                }
            }
        }

        return null;
    }

    /// <summary>Where the optimizer stood; null if what is stored does not fit the model's optimizer.</summary>
    /// <param name="graph">The checkpoint's graph.</param>
    /// <param name="node">The optimizer's node.</param>
    /// <param name="model">The model, whose optimizer takes the state.</param>
    /// <param name="weights">The nodes of the model's weights.</param>
    /// <param name="match">The checkpoint.</param>
    public static OptimizerState? Read(ObjectGraph graph, int node, Model model, IReadOnlyDictionary<Variable, int> weights, CheckpointMatch match)
    {
        if (model.Training?.Optimizer is not { } optimizer)
        {
            return null;
        }

        try
        {
            var state = graph.Child(node, "iter") is not null
                ? ReadSlots(graph, node, model, optimizer, weights, match)
                : ReadList(graph, node, model, optimizer, match);
            return state is null || state.LearningRate is not null ? state : state with { LearningRate = ReadRate(graph, node, match) };
        }
        catch (ModelToolsException error) when (error.Code.Kind == ErrorKind.Contract)
        {
            return null;
        }
    }

    private static OptimizerState? ReadList(ObjectGraph graph, int node, Model model, Optimizer optimizer, CheckpointMatch match)
    {
        if (graph.Child(node, "_variables") is not { } list)
        {
            return null;
        }

        List<Tensor> tensors = [];
        while (graph.Child(list, $"{tensors.Count}") is { } item)
        {
            tensors.Add(Load(graph, item, match));
        }

        // An optimizer that took no step has no slots yet.
        var generation = graph.Child(node, "_trainable_variables") is null ? OptimizerGeneration.Keras2 : OptimizerGeneration.Keras3;
        return tensors.Count is 1 or 2 && tensors[0].DType == DType.Int64 && tensors[0].AsSpan<long>()[0] == 0
            ? null
            : OptimizerLayout.For(optimizer, generation, Describe(model)).Restore(tensors);
    }

    private static OptimizerState? ReadSlots(ObjectGraph graph, int node, Model model, Optimizer optimizer, IReadOnlyDictionary<Variable, int> weights, CheckpointMatch match)
    {
        var layout = OptimizerLayout.For(optimizer, OptimizerGeneration.Keras2Legacy, Describe(model));
        var variables = model.TrainableVariables.ToArray();
        var slots = graph.Nodes[node].Slots.ToLookup(slot => (slot.Variable, slot.Name), slot => slot.SlotVariable);
        List<Tensor> tensors = [];
        foreach (var entry in layout.Entries)
        {
            var stored = entry.Kind switch
            {
                OptimizerEntryKind.Iteration => graph.Child(node, "iter"),
                OptimizerEntryKind.Slot when weights.TryGetValue(variables[entry.Variable], out var variable) =>
                    slots[(variable, optimizer.Slots[entry.Index].LegacyName)].Select(item => (int?)item).FirstOrDefault(),
                OptimizerEntryKind.Shared when optimizer.Shared[entry.Index].LegacyName is { } name => graph.Child(node, name),
                _ => null,
            };
            if (stored is not { } found)
            {
                return null;
            }

            tensors.Add(Load(graph, found, match));
        }

        return layout.Restore(tensors);
    }

    private static double? ReadRate(ObjectGraph graph, int node, CheckpointMatch match) =>
        (graph.Child(node, "_learning_rate") ?? graph.Child(node, "learning_rate")) is { } rate && graph.ValueKey(rate) is not null
            && Load(graph, rate, match) is { DType: DType.Float32, Shape.Rank: 0 } value
            ? value.AsSpan<float>()[0]
            : null;

    private static Tensor Load(ObjectGraph graph, int node, CheckpointMatch match)
    {
        var key = graph.ValueKey(node) ?? throw new ModelToolsException(ErrorCode.WeightMissing, "A variable of the optimizer has no value.");
        match.Use(key);
        return match.Reader.Read(key).Load();
    }

    private static OptimizerVariable[] Describe(Model model) =>
        [.. model.TrainableVariables.Select(variable => new OptimizerVariable(variable.FullName, variable.Shape, variable.DType))];
}
