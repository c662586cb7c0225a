using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Training;

namespace ModelTools.Formats.Checkpoint;

/// <summary>An optimizer's objects in a checkpoint: as tf.keras 2.11 and later write them; read also as older ones and Keras 3 do.</summary>
internal static class OptimizerObjects
{
    /// <summary>Where Keras 2 has the numbers that Keras 3 knows by these names. Nadam's product is not among them: Keras 2 multiplies it once per variable, not per step.</summary>
    private static readonly Dictionary<string, string[]> SharedPaths = new(StringComparer.Ordinal)
    {
        ["dynamic_scale"] = ["loss_scale", "current_loss_scale"],
        ["step_counter"] = ["loss_scale", "good_steps"],
    };

    /// <summary>The object of a model's optimizer: the list of all its variables, and those that have names of their own.</summary>
    /// <param name="model">The model.</param>
    /// <param name="optimizer">Its optimizer.</param>
    /// <param name="objects">The objects of the model's weights.</param>
    public static TrackableObject Of(Model model, Optimizer optimizer, ModelObjects objects)
    {
        if (optimizer.Generation is OptimizerGeneration.Keras2Legacy or OptimizerGeneration.MultiBackend)
        {
            return LegacyOptimizerObjects.Of(model, optimizer, objects);
        }

        var layout = LayoutOf(model, optimizer, OptimizerGeneration.Keras2);
        var values = model.OptimizerState is { } state ? layout.Flatten(state) : [Tensor.Scalar(0L)];
        var item = new TrackableObject("the optimizer");
        var list = item.Add("_variables", new TrackableObject());
        for (var i = 0; i < values.Count; i++)
        {
            list.Add($"{i}", TrackableObject.Variable(FullNameOf(layout.Entries[i]), values[i]));
        }

        item.Add("_iterations", list.Children[0].Child);
        item.Add(RateName(optimizer), TrackableObject.Variable(RateName(optimizer)[1..], Tensor.Scalar((float)RateOf(optimizer, model.OptimizerState))));
        for (var i = 0; i < optimizer.Shared.Count; i++)
        {
            AddShared(item, optimizer.Shared[i], model.OptimizerState?.Shared.ElementAtOrDefault(i) ?? optimizer.Shared[i].InitialValue);
        }

        return item;
    }

    /// <summary>The order of an optimizer's variables in a generation.</summary>
    public static OptimizerLayout LayoutOf(Model model, Optimizer optimizer, OptimizerGeneration generation) => OptimizerLayout.For(
        optimizer,
        generation,
        [.. model.TrainableVariables.Select(variable => new OptimizerVariable(variable.FullName, variable.Shape, variable.DType))]);

    /// <summary>A variable's name without Keras's <c>:0</c>.</summary>
    public static string FullNameOf(OptimizerEntry entry) => entry.Name.EndsWith(":0", StringComparison.Ordinal) ? entry.Name[..^2] : entry.Name;

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
            : ReadShared(graph, node, optimizer, LayoutOf(model, optimizer, generation).Restore(tensors), match);
    }

    private static OptimizerState? ReadSlots(ObjectGraph graph, int node, Model model, Optimizer optimizer, IReadOnlyDictionary<Variable, int> weights, CheckpointMatch match)
    {
        var layout = LayoutOf(model, optimizer, OptimizerGeneration.Keras2Legacy);
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

    private static string RateName(Optimizer optimizer) => optimizer.LearningRate is ConstantLearningRate ? "_learning_rate" : "_current_learning_rate";

    /// <summary>The learning rate; of a schedule the one of the last step, which Keras keeps for display.</summary>
    private static double RateOf(Optimizer optimizer, OptimizerState? state) => optimizer.LearningRate is ConstantLearningRate
        ? optimizer.LearningRateAt(state?.Iterations ?? 0, state?.LearningRate)
        : optimizer.LearningRate.At(Math.Max((state?.Iterations ?? 0) - 1, 0));

    private static void AddShared(TrackableObject item, SharedValue shared, double value)
    {
        if (!SharedPaths.TryGetValue(shared.Name, out var path))
        {
            return;
        }

        foreach (var part in path[..^1])
        {
            item = item.Children.FirstOrDefault(child => child.Name == part).Child ?? item.Add(part, new TrackableObject());
        }

        item.Add(path[^1], TrackableObject.Variable(path[^1], shared.DType.IsInteger() ? Tensor.Scalar((long)value) : Tensor.Scalar((float)value)));
    }

    private static OptimizerState ReadShared(ObjectGraph graph, int node, Optimizer optimizer, OptimizerState state, CheckpointMatch match)
    {
        var shared = state.Shared.ToArray();
        for (var i = 0; i < shared.Length; i++)
        {
            var stored = SharedPaths.TryGetValue(optimizer.Shared[i].Name, out var path)
                ? path.Aggregate((int?)node, (at, part) => at is { } from ? graph.Child(from, part) : null)
                : null;
            if (stored is { } found && Load(graph, found, match) is { Shape.Rank: 0 } value)
            {
                shared[i] = value.DType == DType.Int64 ? value.AsSpan<long>()[0] : value.Cast(DType.Float64).AsSpan<double>()[0];
            }
        }

        return state with { Shared = shared };
    }
}
