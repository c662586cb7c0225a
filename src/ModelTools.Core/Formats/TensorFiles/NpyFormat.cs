using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats.TensorFiles;

/// <summary>NumPy's file of one array, versions 1 to 3.</summary>
internal static class NpyFormat
{
    // NumPy itself refuses longer headers, and aligns the data to this.
    private const int LongestHeader = 10_000;
    private const int Alignment = 64;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Whether a file begins like one of these.</summary>
    public static bool Matches(ReadOnlySpan<byte> head) => head.StartsWith(Magic);

    /// <summary>Reads the array.</summary>
    public static Tensor Read(DataSource source, TensorReadOptions options)
    {
        Span<byte> start = stackalloc byte[12];
        source.Read(start[..8]);
        if (!Matches(start) || start[6] is < 1 or > 3)
        {
            throw source.Corrupt("it is not an array of NumPy, version 1 to 3");
        }

        var lengthSize = start[6] == 1 ? 2 : 4;
        source.Read(start.Slice(8, lengthSize));
        long length = lengthSize == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        if (length > LongestHeader)
        {
            throw source.Corrupt($"its header has {length} bytes");
        }

        var text = new byte[length];
        source.Read(text);
        var header = new NpyHeaderParser(Encoding.UTF8.GetString(text), source).Parse();
        return ArrayReader.Read(source, header, options, endsHere: false);
    }

    /// <summary>The bytes in front of the elements.</summary>
    public static byte[] Header(Tensor tensor)
    {
        var shape = string.Join(", ", tensor.Shape.Select(d => d.ToString(CultureInfo.InvariantCulture))) + (tensor.Shape.Rank == 1 ? "," : "");
        var text = $"{{'descr': '{Descriptor(tensor)}', 'fortran_order': False, 'shape': ({shape}), }}";
        var padded = ((10 + text.Length + 1 + Alignment - 1) / Alignment * Alignment) - 10;
        byte[] header = [.. Magic, 1, 0, (byte)padded, (byte)(padded >> 8), .. Encoding.ASCII.GetBytes(text.PadRight(padded - 1) + '\n')];
        return header;
    }

    /// <summary>Bytes of the elements in the file.</summary>
    public static long DataLength(Tensor tensor) => tensor.Data is StringData text ? (long)ItemSize(text) * text.Elements.Count : tensor.Data.Length;

    /// <summary>Writes the elements.</summary>
    public static void WriteData(Tensor tensor, Stream stream, CancellationToken cancellation)
    {
        if (tensor.Data is not StringData text)
        {
            tensor.Data.CopyTo(stream, cancellation);
            return;
        }

        var item = new byte[ItemSize(text)];
        foreach (var element in text.Elements)
        {
            item.AsSpan().Clear();
            element.CopyTo(item, 0);
            stream.Write(item);
        }
    }

    private static int ItemSize(StringData text) => text.Elements.Select(element => element.Length).DefaultIfEmpty(0).Max() is var longest && longest > 0 ? longest : 1;

    private static string Descriptor(Tensor tensor) => tensor.DType switch
    {
        DType.Bool => "|b1",
        DType.UInt8 => "|u1",
        DType.Int8 => "|i1",
        DType.UInt16 => "<u2",
        DType.UInt32 => "<u4",
        DType.UInt64 => "<u8",
        DType.Int16 => "<i2",
        DType.Int32 => "<i4",
        DType.Int64 => "<i8",
        DType.Float16 => "<f2",
        DType.Float32 => "<f4",
        DType.Float64 => "<f8",
        DType.Complex64 => "<c8",
        DType.Complex128 => "<c16",
        DType.String => FormattableString.Invariant($"|S{ItemSize((StringData)tensor.Data)}"),
        _ => throw new ModelToolsException(ErrorCode.UnsupportedDType, $"NumPy has no {tensor.DType.Name()}.") { Advice = "Convert the tensor to float32 first." },
    };
}
