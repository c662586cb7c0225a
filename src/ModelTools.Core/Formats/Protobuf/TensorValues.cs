using System.Runtime.InteropServices;
using ModelTools.Tensors;

namespace ModelTools.Formats.Protobuf;

/// <summary>The values of a <c>TensorProto</c> while it is read: raw content, or a list per kind of element.</summary>
internal sealed class TensorValues
{
    private readonly List<long> _integers = [];
    private readonly List<float> _floats = [];
    private readonly List<double> _doubles = [];
    private byte[] _content = [];

    /// <summary>Values of a string tensor.</summary>
    public List<byte[]> Strings { get; } = [];

    /// <summary>Takes the current field if it holds values.</summary>
    public void Add(ref ProtoReader message)
    {
        switch (message.Field)
        {
            case 4: _content = message.Bytes().ToArray(); break;
            case 5 or 9: message.AppendFloat(_floats); break;
            case 6 or 12: message.AppendDouble(_doubles); break;
            case 7 or 10 or 11 or 13 or 16 or 17: message.AppendInt64(_integers); break;
            case 8: Strings.Add(message.Bytes().ToArray()); break;
        }
    }

    /// <summary>The values as little-endian elements.</summary>
    public ReadOnlySpan<byte> Bytes(DType dtype, ProtoReader message)
    {
        if (_content.Length > 0)
        {
            return _content;
        }

        switch (dtype)
        {
            case DType.Float32 or DType.Complex64:
                return MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_floats));
            case DType.Float64 or DType.Complex128:
                return MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_doubles));
            default:
                return Narrow(dtype.Size(), message);
        }
    }

    private byte[] Narrow(int width, ProtoReader message)
    {
        if (_integers.Count > Array.MaxLength / width)
        {
            throw message.Damaged("a constant has too many values");
        }

        var bytes = new byte[_integers.Count * width];
        for (var i = 0; i < _integers.Count; i++)
        {
            MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_integers).Slice(i, 1))[..width].CopyTo(bytes.AsSpan(i * width));
        }

        return bytes;
    }
}
