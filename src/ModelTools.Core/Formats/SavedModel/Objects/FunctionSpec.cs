using ModelTools.Formats.Protobuf;

namespace ModelTools.Formats.SavedModel.Objects;

/// <summary>How Python calls a function: TensorFlow's <c>FunctionSpec</c>.</summary>
/// <param name="Arguments">Names of the positional arguments.</param>
/// <param name="Defaults">Values of the last of them: a tuple, or None.</param>
/// <param name="InputSignature">A tuple of specs if only such tensors are taken, or None.</param>
internal sealed record FunctionSpec(IReadOnlyList<string> Arguments, StructuredValue Defaults, StructuredValue InputSignature)
{
    /// <summary>Writes the message as a field.</summary>
    public void Write(ProtoWriter writer, int field)
    {
        using (writer.Message(field))
        {
            StructuredValue.NamedTuple(
                "FullArgSpec",
                ("args", StructuredValue.List([.. Arguments.Select(StructuredValue.Of)])),
                ("varargs", StructuredValue.None),
                ("varkw", StructuredValue.None),
                ("defaults", Defaults),
                ("kwonlyargs", StructuredValue.List()),
                ("kwonlydefaults", StructuredValue.None),
                ("annotations", StructuredValue.Dictionary([]))).Write(writer, 1);
            InputSignature.Write(writer, 5);
        }
    }
}
