using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats.Protobuf;

/// <summary>TensorFlow's <c>TensorProto</c>: dtype = 1, tensor_shape = 2, tensor_content = 4, and a typed list of values per kind of element.</summary>
internal static class TensorProto
{
    /// <summary>Reads a tensor; its bytes are copied out of the message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="limits">How far a single value may be repeated.</param>
    /// <param name="dtype">Element type where the message says none (parts of old checkpoints).</param>
    /// <param name="shape">Shape where the message says none.</param>
    /// <exception cref="ModelToolsException">The reader's code: damaged; MT4004: element type; MT2004: the shape is far larger than the values.</exception>
    public static Tensor Read(ProtoReader message, ModelReadLimits limits, DType? dtype = null, Shape? shape = null)
    {
        var number = dtype is { } known ? TensorFlowDType.Number(known) : 0;
        var values = new TensorValues();
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1: number = message.Int32(); break;
                case 2: shape = TensorShapeProto.Read(message.Message()); break;
                default: values.Add(ref message); break;
            }
        }

        var type = TensorFlowDType.Find(number)
            ?? throw new ModelToolsException(ErrorCode.UnsupportedDType, $"A constant's elements are {TensorFlowDType.Name(number)}, which cannot be read.");
        if (shape is not { IsKnown: true })
        {
            throw message.Damaged("a constant has no shape");
        }

        return type == DType.String
            ? new Tensor(type, shape, new StringData(Repeat(values.Strings, shape, message, limits)))
            : new Tensor(type, shape, OwnedData.FromArray(Repeat(values.Bytes(type, message), type, shape, message, limits)));
    }

    /// <summary>Writes a tensor as a field, numbers as raw bytes.</summary>
    /// <exception cref="ModelToolsException">MT4003: more than 2 GiB.</exception>
    public static void Write(ProtoWriter writer, int field, Tensor tensor)
    {
        if (tensor.Data.Length > Array.MaxLength)
        {
            throw new ModelToolsException(ErrorCode.UnsupportedConversion, $"A constant of {tensor.Data.Length} bytes does not fit in a protocol buffer message.");
        }

        using (writer.Message(field))
        {
            writer.Int64(1, TensorFlowDType.Number(tensor.DType));
            TensorShapeProto.Write(writer, 2, tensor.Shape);
            if (tensor.Data is StringData text)
            {
                foreach (var element in text.Elements)
                {
                    writer.Bytes(8, element, always: true);
                }
            }
            else if (tensor.Data.Length > 0)
            {
                tensor.Data.Read(0, writer.Reserve(4, (int)tensor.Data.Length));
            }
        }
    }

    /// <summary>Fills the shape with the values; the last one stands for all that follow, and no value for zeros.</summary>
    private static byte[] Repeat(ReadOnlySpan<byte> values, DType dtype, Shape shape, ProtoReader message, ModelReadLimits limits)
    {
        var width = dtype.Size();
        var length = Length(shape, width, message, limits);
        if (values.Length > length || values.Length % width != 0)
        {
            throw message.Damaged($"a constant of {dtype.Name()} {shape} holds {values.Length} bytes");
        }

        var bytes = new byte[length];
        values.CopyTo(bytes);
        if (values.Length > 0)
        {
            for (var filled = values.Length; filled < length; filled += width)
            {
                bytes.AsSpan(filled - width, width).CopyTo(bytes.AsSpan(filled));
            }
        }

        return bytes;
    }

    private static byte[][] Repeat(List<byte[]> values, Shape shape, ProtoReader message, ModelReadLimits limits)
    {
        var count = Length(shape, 1, message, limits);
        if (values.Count > count)
        {
            throw message.Damaged($"a constant of string {shape} holds {values.Count} strings");
        }

        var elements = new byte[count][];
        for (var i = 0; i < count; i++)
        {
            elements[i] = values.Count == 0 ? [] : values[Math.Min(i, values.Count - 1)];
        }

        return elements;
    }

    private static int Length(Shape shape, int width, ProtoReader message, ModelReadLimits limits)
    {
        Int128 length = width;
        foreach (var dimension in shape)
        {
            length = Int128.Min(length * dimension, long.MaxValue);
        }

        var allowed = Math.Max(limits.ExpansionFloorBytes, (long)message.Whole.Length * limits.MaximumExpansion);
        return length <= Math.Min(allowed, Array.MaxLength)
            ? (int)length
            : throw new ModelToolsException(ErrorCode.SizeLimit, $"A constant of {message.Whole.Length} bytes claims the shape {shape}.");
    }
}
