using ModelTools.Formats.Protobuf;

namespace ModelTools.Formats.SavedModel.Graph;

/// <summary>One operation of a graph or function: TensorFlow's <c>NodeDef</c>.</summary>
/// <param name="Name">Unique in its graph.</param>
/// <param name="Op">The operation.</param>
/// <param name="Inputs">References to tensors, then control inputs (<c>^name</c>).</param>
/// <param name="Attributes">Attributes that differ from their defaults.</param>
internal sealed record GraphNode(string Name, string Op, IReadOnlyList<string> Inputs, IReadOnlyDictionary<string, AttributeValue> Attributes)
{
    /// <summary>Writes the node as an element of a repeated field.</summary>
    public void Write(ProtoWriter writer, int field)
    {
        using (writer.Message(field))
        {
            writer.String(1, Name);
            writer.String(2, Op);
            writer.Strings(3, Inputs);
            writer.Map(5, Attributes, (target, value) => value.Write(target));
        }
    }
}
