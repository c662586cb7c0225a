using System.Buffers.Binary;
using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats.TensorFiles;

/// <summary>The format of MNIST: two zeros, a type, the number of dimensions, the dimensions, the elements; all big-endian.</summary>
internal static class IdxFormat
{
    /// <summary>Whether a file begins like one of these.</summary>
    public static bool Matches(ReadOnlySpan<byte> head) => head is [0, 0, var type, > 0, ..] && TypeOf(type) is not null;

    /// <summary>Reads the array.</summary>
    public static Tensor Read(DataSource source, TensorReadOptions options)
    {
        Span<byte> start = stackalloc byte[4];
        source.Read(start);
        var dtype = TypeOf(start[2]) ?? throw source.Corrupt($"it has elements of the unknown type {start[2]}");
        var dimensions = new long[start[3]];
        Span<byte> dimension = stackalloc byte[4];
        for (var i = 0; i < dimensions.Length; i++)
        {
            source.Read(dimension);
            dimensions[i] = BinaryPrimitives.ReadUInt32BigEndian(dimension);
        }

        return ArrayReader.Read(source, new ArrayHeader(ElementKind.Number, dtype, dtype.Size(), true, false, Shape.Create(dimensions)), options, endsHere: true);
    }

    private static DType? TypeOf(byte code) => code switch
    {
        0x08 => DType.UInt8,
        0x09 => DType.Int8,
        0x0B => DType.Int16,
        0x0C => DType.Int32,
        0x0D => DType.Float32,
        0x0E => DType.Float64,
        _ => null,
    };
}
