using System.Text;
using ModelTools.Formats.Protobuf;
using ModelTools.Tensors;

namespace ModelTools.Formats.SavedModel.Graph;

/// <summary>An attribute of a node: TensorFlow's <c>AttrValue</c>, a oneof whose member is always written.</summary>
internal abstract record AttributeValue
{
    /// <summary>Writes the content of the message.</summary>
    public abstract void Write(ProtoWriter writer);

    /// <summary>A type by its number.</summary>
    public static AttributeValue Type(int number) => new Number(6, number);

    /// <summary>A type.</summary>
    public static AttributeValue Type(DType dtype) => Type(TensorFlowDType.Number(dtype));

    /// <summary>An integer.</summary>
    public static AttributeValue Int(long value) => new Number(3, value);

    /// <summary>A truth value.</summary>
    public static AttributeValue Bool(bool value) => new Number(5, value ? 1 : 0);

    /// <summary>A number.</summary>
    public static AttributeValue Float(double value) => new Real((float)value);

    /// <summary>Text.</summary>
    public static AttributeValue Text(string value) => new Characters(value);

    /// <summary>A shape; null is the unknown rank.</summary>
    public static AttributeValue Shape(Shape? value) => new ShapeValue(value);

    /// <summary>A tensor.</summary>
    public static AttributeValue Tensor(Tensor value) => new TensorValue(value);

    /// <summary>A function.</summary>
    public static AttributeValue Function(string name) => new FunctionValue(name);

    /// <summary>A list of integers.</summary>
    public static AttributeValue Ints(IEnumerable<long> values) => new Numbers(3, [.. values]);

    /// <summary>A list of integers.</summary>
    public static AttributeValue Ints(IEnumerable<int> values) => new Numbers(3, [.. values]);

    /// <summary>A list of types by their numbers.</summary>
    public static AttributeValue Types(IEnumerable<int> numbers) => new Numbers(6, [.. numbers]);

    /// <summary>A list of shapes.</summary>
    public static AttributeValue Shapes(IEnumerable<Shape?> shapes) => new ShapeList([.. shapes]);

    private sealed record Number(int Field, long Value) : AttributeValue
    {
        public override void Write(ProtoWriter writer) => writer.Int64(Field, Value, always: true);
    }

    private sealed record Real(float Value) : AttributeValue
    {
        public override void Write(ProtoWriter writer) => writer.Float(4, Value, always: true);
    }

    private sealed record Characters(string Value) : AttributeValue
    {
        public override void Write(ProtoWriter writer) => writer.Bytes(2, Encoding.UTF8.GetBytes(Value), always: true);
    }

    private sealed record ShapeValue(Shape? Value) : AttributeValue
    {
        public override void Write(ProtoWriter writer) => TensorShapeProto.Write(writer, 7, Value);
    }

    private sealed record TensorValue(Tensor Value) : AttributeValue
    {
        public override void Write(ProtoWriter writer) => TensorProto.Write(writer, 8, Value);
    }

    private sealed record FunctionValue(string Name) : AttributeValue
    {
        public override void Write(ProtoWriter writer)
        {
            using (writer.Message(10))
            {
                writer.String(1, Name);
            }
        }
    }

    private sealed record Numbers(int Field, long[] Values) : AttributeValue
    {
        public override void Write(ProtoWriter writer)
        {
            using (writer.Message(1))
            {
                writer.PackedInt64(Field, Values);
            }
        }
    }

    private sealed record ShapeList(Shape?[] Values) : AttributeValue
    {
        public override void Write(ProtoWriter writer)
        {
            using (writer.Message(1))
            {
                foreach (var shape in Values)
                {
                    TensorShapeProto.Write(writer, 7, shape);
                }
            }
        }
    }
}
