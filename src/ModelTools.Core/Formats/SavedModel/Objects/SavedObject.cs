using ModelTools.Formats.Protobuf;
using ModelTools.Layers;

namespace ModelTools.Formats.SavedModel.Objects;

/// <summary>An object of the graph that Python loads: TensorFlow's <c>SavedObject</c>.</summary>
internal abstract class SavedObject
{
    private readonly List<(string Name, SavedObject Child)> _children = [];

    /// <summary>Edges to other objects: attributes in Python.</summary>
    public IReadOnlyList<(string Name, SavedObject Child)> Children => _children;

    /// <summary>Adds an edge and returns the object it leads to.</summary>
    public T Add<T>(string name, T child)
        where T : SavedObject
    {
        _children.Add((name, child));
        return child;
    }

    /// <summary>Writes the member of the oneof that says what it is; present even if it is empty.</summary>
    public abstract void WriteKind(ProtoWriter writer);
}

/// <summary>A model, layer or list, which a loader recognises by its identifier.</summary>
internal sealed class UserObject(string identifier) : SavedObject
{
    /// <summary>Such as <c>_tf_keras_layer</c>.</summary>
    public string Identifier => identifier;

    /// <inheritdoc/>
    public override void WriteKind(ProtoWriter writer)
    {
        using (writer.Message(4))
        {
            writer.String(1, identifier);
            using (writer.Message(2))
            {
                writer.Int64(1, 1);
                writer.Int64(2, 1);
            }
        }
    }
}

/// <summary>A weight.</summary>
internal sealed class VariableObject(Variable variable, bool trainable) : SavedObject
{
    /// <summary>The weight.</summary>
    public Variable Variable => variable;

    /// <inheritdoc/>
    public override void WriteKind(ProtoWriter writer)
    {
        using (writer.Message(7))
        {
            writer.Int64(1, TensorFlowDType.Number(variable.DType));
            TensorShapeProto.Write(writer, 2, variable.Shape);
            writer.Bool(3, trainable);
            writer.String(6, variable.FullName);
        }
    }
}

/// <summary>A Python function with the graphs that implement it.</summary>
internal sealed class FunctionObject(FunctionSpec spec, params IReadOnlyList<string> concreteFunctions) : SavedObject
{
    /// <inheritdoc/>
    public override void WriteKind(ProtoWriter writer)
    {
        using (writer.Message(6))
        {
            writer.Strings(1, concreteFunctions);
            spec.Write(writer, 2);
        }
    }
}

/// <summary>A signature: one graph, called with tensors by name.</summary>
internal sealed class SignatureObject(string concreteFunction, IReadOnlyList<string> arguments) : SavedObject
{
    /// <inheritdoc/>
    public override void WriteKind(ProtoWriter writer)
    {
        using (writer.Message(8))
        {
            writer.String(1, concreteFunction);
            writer.Strings(2, arguments);
            writer.Int64(3, arguments.Count == 1 ? 1 : 0);
        }
    }
}
