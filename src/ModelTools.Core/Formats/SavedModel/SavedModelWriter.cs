using System.Text;
using ModelTools.Configuration;
using ModelTools.Diagnostics;
using ModelTools.Formats.Checkpoint;
using ModelTools.Formats.Protobuf;
using ModelTools.Formats.SavedModel.Functions;
using ModelTools.Formats.SavedModel.Objects;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Objects;

namespace ModelTools.Formats.SavedModel;

/// <summary>Writes SavedModel directories that TensorFlow, Keras 2, servers, phones and converters take.</summary>
/// <remarks>
/// Two ways lead into such a directory and share functions and weights: the object graph (Python, Keras) and the flat graph with its
/// signatures (servers, the C API, TFLite). The optimizer stands in the checkpoint's object graph only: Keras finds it there when the model
/// is compiled, and nobody needs Keras to load the rest. A model that Keras 2 has no way to describe is a plain object with functions, as Keras 3
/// exports it, and its structure stands beside.
/// </remarks>
internal static class SavedModelWriter
{
    /// <summary>Writes a model.</summary>
    /// <exception cref="ModelToolsException">MT3008: the model is not built; MT4001, MT4002: a layer cannot be written as a graph; MT4003: the generation of Keras that was asked for has no way to describe the model; MT6xxx: the target.</exception>
    public static void Write(Model model, string path, ModelWriteOptions options)
    {
        if (!model.IsBuilt)
        {
            throw new ModelToolsException(ErrorCode.ModelNotBuilt, $"The model {model.Name} does not know its input shape yet; a SavedModel needs it.") { Location = model.Name };
        }

        // Everything that can fail for the model's sake happens before the target is touched.
        var functions = new ModelFunctions(model, options.RecurrentLowering);
        var trackables = ModelObjects.For(model);
        var dialect = options.Dialect ?? KerasJson.ChooseDialect(model, KerasDialect.Keras2);
        var objects = new KerasObjects(model, trackables, functions, isOfKeras: dialect is KerasDialect.Keras2);
        var graph = new SavedObjectGraph(objects.Root);
        var (structureFile, structure) = dialect is KerasDialect.Keras2
            ? (SavedModelFacts.KerasMetadataFileName, new KerasMetadata(objects, trackables, graph).Write(model, options.TrainingState))
            : (SavedModelFacts.StructureFileName, Encoding.UTF8.GetBytes(KerasJson.WriteWhole(model, dialect, options.TrainingState).ToJson()));
        if (options.TrainingState && model.Training?.Optimizer is { } optimizer)
        {
            trackables.Root.Add("optimizer", OptimizerObjects.Of(model, optimizer, trackables));
        }

        var (checkpoint, tensors) = ObjectGraphBuilder.Build(trackables.Root);
        var keys = tensors.Where(pair => pair.Variable.Source is not null).ToDictionary(pair => pair.Variable.Source!, pair => pair.Key);
        List<(Variable Variable, string Key)> variables = [.. model.Variables.Select(variable => (variable, keys[variable]))];
        var content = Content(functions, graph, variables);

        AtomicTarget.WriteDirectory(path, options.Force, SavedModelFacts.FileName, folder =>
        {
            Directory.CreateDirectory(Path.Combine(folder, "variables"));
            CheckpointWriter.Write(Path.Combine(folder, SavedModelFacts.VariablesPrefix), CheckpointWeights.Values(model, tensors, options), checkpoint, overwrite: false, updateState: false, options.Cancellation);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, structureFile))!);
            File.WriteAllBytes(Path.Combine(folder, structureFile), structure);
            File.WriteAllBytes(Path.Combine(folder, SavedModelFacts.FileName), content);
        });
    }

    private static byte[] Content(ModelFunctions functions, SavedObjectGraph graph, IReadOnlyList<(Variable Variable, string Key)> variables)
    {
        var writer = new ProtoWriter(1 << 16);
        writer.Int64(1, 1);
        using (writer.Message(2))
        {
            using (writer.Message(1))
            {
                writer.Strings(4, [SavedModelFacts.ServeTag]);
                writer.String(5, SavedModelFacts.TensorFlowVersion);
                writer.Bool(7, true);
            }

            new SessionGraph(functions, variables).Write(writer);
            graph.Write(writer, 7, functions.Concrete);
        }

        return writer.ToArray();
    }
}
