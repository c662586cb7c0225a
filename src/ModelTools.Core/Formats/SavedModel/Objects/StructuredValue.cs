using ModelTools.Formats.Protobuf;
using ModelTools.Tensors;

namespace ModelTools.Formats.SavedModel.Objects;

/// <summary>A Python value in a signature: TensorFlow's <c>StructuredValue</c>, a oneof whose member is always written.</summary>
internal abstract record StructuredValue
{
    /// <summary>Python's None.</summary>
    public static StructuredValue None { get; } = new NoneValue();

    /// <summary>Writes the content of the message.</summary>
    public abstract void Write(ProtoWriter writer);

    /// <summary>A truth value.</summary>
    public static StructuredValue Of(bool value) => new Truth(value);

    /// <summary>Text.</summary>
    public static StructuredValue Of(string value) => new Text(value);

    /// <summary>A tensor's name, type and shape.</summary>
    public static StructuredValue Of(TensorSpec spec) => new Spec(spec);

    /// <summary>A list.</summary>
    public static StructuredValue List(params IReadOnlyList<StructuredValue> values) => new Sequence(51, values);

    /// <summary>A tuple.</summary>
    public static StructuredValue Tuple(params IReadOnlyList<StructuredValue> values) => new Sequence(52, values);

    /// <summary>A dictionary.</summary>
    public static StructuredValue Dictionary(IEnumerable<KeyValuePair<string, StructuredValue>> fields) => new Fields(fields);

    /// <summary>A named tuple.</summary>
    public static StructuredValue NamedTuple(string name, params IReadOnlyList<(string Key, StructuredValue Value)> values) => new Named(name, values);

    /// <summary>Writes the value as a field.</summary>
    public void Write(ProtoWriter writer, int field)
    {
        using (writer.Message(field))
        {
            Write(writer);
        }
    }

    private sealed record NoneValue : StructuredValue
    {
        public override void Write(ProtoWriter writer) => writer.Bytes(1, [], always: true);
    }

    private sealed record Truth(bool Value) : StructuredValue
    {
        public override void Write(ProtoWriter writer) => writer.Bool(14, Value, always: true);
    }

    private sealed record Text(string Value) : StructuredValue
    {
        public override void Write(ProtoWriter writer) => writer.String(13, Value, always: true);
    }

    private sealed record Spec(TensorSpec Value) : StructuredValue
    {
        public override void Write(ProtoWriter writer)
        {
            using (writer.Message(33))
            {
                writer.String(1, Value.Name ?? "");
                TensorShapeProto.Write(writer, 2, Value.Shape);
                writer.Int64(3, TensorFlowDType.Number(Value.DType));
            }
        }
    }

    private sealed record Sequence(int Field, IReadOnlyList<StructuredValue> Values) : StructuredValue
    {
        public override void Write(ProtoWriter writer)
        {
            using (writer.Message(Field))
            {
                foreach (var value in Values)
                {
                    value.Write(writer, 1);
                }
            }
        }
    }

    private sealed record Fields(IEnumerable<KeyValuePair<string, StructuredValue>> Values) : StructuredValue
    {
        public override void Write(ProtoWriter writer)
        {
            using (writer.Message(53))
            {
                writer.Map(1, Values, (target, value) => value.Write(target));
            }
        }
    }

    private sealed record Named(string Name, IReadOnlyList<(string Key, StructuredValue Value)> Values) : StructuredValue
    {
        public override void Write(ProtoWriter writer)
        {
            using (writer.Message(54))
            {
                writer.String(1, Name);
                foreach (var (key, value) in Values)
                {
                    using (writer.Message(2))
                    {
                        writer.String(1, key);
                        value.Write(writer, 2);
                    }
                }
            }
        }
    }
}
