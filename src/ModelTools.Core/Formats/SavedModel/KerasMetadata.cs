using ModelTools.Configuration;
using ModelTools.Configuration.Json;
using ModelTools.Formats.Checkpoint;
using ModelTools.Formats.Protobuf;
using ModelTools.Formats.SavedModel.Objects;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Objects;
using ModelTools.Tensors;

namespace ModelTools.Formats.SavedModel;

/// <summary>Writes <c>keras_metadata.pb</c>, from which Keras 2 rebuilds the layers of a SavedModel.</summary>
internal sealed class KerasMetadata(KerasObjects objects, ModelObjects trackables, SavedObjectGraph graph)
{
    private readonly ProtoWriter _writer = new();

    /// <summary>The member of the root that says how the model is trained.</summary>
    public const string TrainingMember = "training_config";

    /// <summary>The file for a model.</summary>
    /// <param name="model">The root.</param>
    /// <param name="training">Write how it is trained, where it is compiled.</param>
    public byte[] Write(Model model, bool training)
    {
        WriteModel(model, training && model.Training is not null ? KerasJson.WriteTraining(model, KerasDialect.Keras2, KerasForm.Plain) : null);
        return _writer.ToArray();
    }

    private static ConfigValue ShapeOf(Shape shape) => ConfigObject.Create(
        new("class_name", "TensorShape"),
        new("items", ConfigArray.Create(shape.Select(extent => extent < 0 ? ConfigNull.Value : (ConfigValue)extent))));

    private void WriteModel(Model model, ConfigObject? training)
    {
        var serialised = KerasJson.WriteModel(model, KerasDialect.Keras2, KerasForm.Plain);
        List<KeyValuePair<string, ConfigValue>> members =
        [
            new("name", model.Name),
            new("trainable", true),
            new("class_name", serialised["class_name"]),
            new("config", serialised["config"]),
            new("is_graph_network", true),
        ];
        if (training is not null)
        {
            members.Add(new(TrainingMember, training));
        }

        WriteNode(objects[trackables.Of(model)], ConfigObject.Create(members));
        foreach (var layer in model.Layers)
        {
            if (layer.NestedModel is { } nested)
            {
                WriteModel(nested, training: null);
            }
            else
            {
                WriteNode(objects[trackables.Of(layer)], Describe(model, layer));
            }
        }
    }

    private static ConfigObject Describe(Model model, ModelLayer layer)
    {
        var serialised = KerasJson.WriteLayer(model, layer, KerasDialect.Keras2, KerasForm.Plain);
        List<KeyValuePair<string, ConfigValue>> members =
        [
            new("name", layer.Name),
            new("trainable", layer.Trainable),
            new("class_name", serialised["class_name"]),
            new("config", serialised["config"]),
        ];
        if (layer.Layer is not InputLayer)
        {
            members.Add(new("dtype", ((ConfigObject)serialised["config"]).Find("dtype") ?? layer.Layer.DType.Name));
            members.Add(new("build_input_shape", layer.BuildShapes is [var only] && !layer.Layer.TakesList ? ShapeOf(only) : ConfigArray.Create(layer.BuildShapes.Select(ShapeOf))));
        }

        return ConfigObject.Create(members);
    }

    // SavedMetadata.nodes: node_id = 2, node_path = 3, identifier = 4, metadata = 5, version = 6 { producer = 1, min_consumer = 2 }.
    private void WriteNode(SavedObject node, ConfigObject metadata)
    {
        using (_writer.Message(1))
        {
            _writer.Int64(2, graph.NumberOf(node));
            _writer.String(3, graph.PathOf(node));
            _writer.String(4, ((UserObject)node).Identifier);
            _writer.String(5, metadata.ToJson());
            using (_writer.Message(6))
            {
                _writer.Int64(1, 2);
                _writer.Int64(2, 1);
            }
        }
    }
}
