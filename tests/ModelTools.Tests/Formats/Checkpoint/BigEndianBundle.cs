using System.Buffers.Binary;
using System.Text;
using ModelTools.Formats.Checkpoint;
using ModelTools.Formats.Protobuf;
using ModelTools.Tensors;

namespace ModelTools.Tests.Formats.Checkpoint;

/// <summary>A bundle as a machine writes it that stores the high byte first.</summary>
internal static class BigEndianBundle
{
    public static void Write(string prefix)
    {
        var data = new MemoryStream();
        List<(string Name, BundleEntry Entry)> entries =
        [
            Add(data, "floats", DType.Float32, 3, [0x3F, 0xC0, 0, 0, 0xC0, 0, 0, 0, .. Big(BitConverter.SingleToUInt32Bits(2.5f))], null),
            Add(data, "longs", DType.Int64, 2, [0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7], null),
            AddTexts(data),
        ];
        File.WriteAllBytes(prefix + ".data-00000-of-00001", data.ToArray());
        using var index = File.Create(prefix + ".index");
        var table = new TableWriter(index);
        var writer = new ProtoWriter();
        new BundleHeader(1, BigEndian: true).Write(writer);
        table.Add([], writer.Written);
        foreach (var (name, entry) in entries)
        {
            writer.Clear();
            entry.Write(writer);
            table.Add(Encoding.UTF8.GetBytes(name), writer.Written);
        }

        table.Finish();
    }

    private static (string Name, BundleEntry Entry) AddTexts(MemoryStream data)
    {
        byte[] sums = [0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 3];
        var lengths = Crc32C.Compute(sums);
        byte[] rest = [.. Big(Crc32C.Mask(lengths)), .. "bigend"u8];
        return Add(data, "texts", DType.String, 3, [3, 0, 3, .. rest], Crc32C.Append(lengths, rest));
    }

    private static (string Name, BundleEntry Entry) Add(MemoryStream data, string name, DType dtype, long count, byte[] bytes, uint? crc)
    {
        var entry = new BundleEntry
        {
            DataType = TensorFlowDType.Number(dtype),
            Shape = [count],
            Offset = data.Position,
            Size = bytes.Length,
            Checksum = Crc32C.Mask(crc ?? Crc32C.Compute(bytes)),
        };
        data.Write(bytes);
        return (name, entry);
    }

    private static byte[] Big(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
