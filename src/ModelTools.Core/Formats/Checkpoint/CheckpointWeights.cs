using ModelTools.Diagnostics;
using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Training;

namespace ModelTools.Formats.Checkpoint;

/// <summary>A model's weights in a checkpoint: <c>save_weights</c> and <c>load_weights</c> of tf.keras in TensorFlow's format.</summary>
internal static class CheckpointWeights
{
    /// <summary>Finds the tensor of each weight. The assignment closes the checkpoint.</summary>
    /// <exception cref="ModelToolsException">MT1004: damaged; MT3001 to MT3005: another structure; MT3008: the model is not built.</exception>
    public static WeightAssignment Match(CheckpointReader reader, Model model, ModelReadOptions options)
    {
        var graph = reader.ReadObjectGraph();
        InputInference.BuildIfNeeded(model, FirstKernel(reader, graph, model), reader.Prefix);
        var match = new CheckpointMatch(reader, options);
        OptimizerState? state = null;
        if (graph is null || options.ByName)
        {
            new NameMatcher(match, graph?.KeysByFullName() ?? reader.Entries.ToDictionary(entry => entry.Name, entry => entry.Name, StringComparer.Ordinal)).Match(model);
        }
        else
        {
            var node = GraphMatcher.FindModel(graph);
            if (node is { } start)
            {
                OpaqueWeights.Adopt(reader, graph, start, model);
            }

            var matcher = new GraphMatcher(graph, ModelObjects.For(model), match);
            if (node is { } found && model.Kind is not ModelKind.Subclassed)
            {
                matcher.MatchModel(found, model);
            }
            else
            {
                new NameMatcher(match, graph.KeysByFullName()).Match(model);
            }

            state = options.TrainingState && OptimizerObjects.Find(graph, node ?? 0) is { } optimizer
                ? OptimizerObjects.Read(graph, optimizer, model, matcher.Nodes, match)
                : null;
        }

        return match.Finish(model.Variables, state);
    }

    /// <summary>Writes all weights, and where the optimizer stands.</summary>
    /// <exception cref="ModelToolsException">MT3008: the model is not built; MT6xxx: the target.</exception>
    public static void Write(Model model, string path, ModelWriteOptions options)
    {
        RequireBuilt(model);
        var objects = ModelObjects.For(model);
        var root = objects.Root;
        if (options.TrainingState && model.Training?.Optimizer is { } optimizer)
        {
            root.Add("optimizer", OptimizerObjects.Of(model, optimizer, objects));
        }

        root.Add("root", root);
        var (graph, variables) = ObjectGraphBuilder.Build(root);
        CheckpointWriter.Write(path, Values(model, variables, options), graph, options.Force, updateState: true, options.Cancellation);
    }

    /// <summary>The tensors to write, one by one, with progress in bytes of the model's weights.</summary>
    public static IEnumerable<KeyValuePair<string, Tensor>> Values(Model model, IReadOnlyList<(string Key, TrackableObject Variable)> variables, ModelWriteOptions options)
    {
        var total = model.Variables.Sum(variable => variable.Shape.ElementCount * variable.DType.Size());
        var done = 0L;
        foreach (var (key, variable) in variables)
        {
            var tensor = variable.Value!;
            yield return new(key, tensor);
            done += tensor.Data.Length;
            options.Progress?.Report(new OperationProgress(variable.FullName, Math.Min(done, total), total));
        }
    }

    /// <summary>Shape of the first layer's kernel in the checkpoint, from which a model without input shape is built.</summary>
    private static Shape? FirstKernel(CheckpointReader reader, ObjectGraph? graph, Model model)
    {
        if (model.IsBuilt)
        {
            return null;
        }

        if (graph is null)
        {
            return model.Layers.SelectMany(layer => reader.Entries.Where(entry => entry.Name.StartsWith(layer.Name + "/", StringComparison.Ordinal)))
                .FirstOrDefault(entry => entry.Name.EndsWith("/kernel", StringComparison.Ordinal) || entry.Name.EndsWith("/embeddings", StringComparison.Ordinal))?.Shape;
        }

        return GraphMatcher.FirstLayer(graph) is { } node && graph.VariablesBelow(node) is [var first, ..] ? reader.Find(graph.ValueKey(first.Node)!)?.Shape : null;
    }

    private static void RequireBuilt(Model model)
    {
        if (!model.IsBuilt && model.Kind is not ModelKind.Subclassed)
        {
            throw new ModelToolsException(ErrorCode.ModelNotBuilt, $"The model '{model.Name}' has no weights yet: it does not know its input shape.") { Location = model.Name };
        }
    }
}
