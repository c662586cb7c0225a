using ModelTools.Diagnostics;
using ModelTools.Formats.Protobuf;
using ModelTools.Tensors;

namespace ModelTools.Formats.Checkpoint;

/// <summary>Where a tensor lies (<c>BundleEntryProto</c>).</summary>
internal sealed record BundleEntry
{
    /// <summary>TensorFlow's number of the element type.</summary>
    public required int DataType { get; init; }

    /// <summary>Dimensions, all known.</summary>
    public required Shape Shape { get; init; }

    /// <summary>Number of the data file.</summary>
    public int Shard { get; init; }

    /// <summary>First byte in the data file.</summary>
    public long Offset { get; init; }

    /// <summary>Bytes in the data file.</summary>
    public long Size { get; init; }

    /// <summary>Masked checksum of the bytes.</summary>
    public uint Checksum { get; init; }

    /// <summary>The parts of a partitioned tensor, which have entries of their own; empty for a tensor stored whole.</summary>
    public IReadOnlyList<TensorSlice> Slices { get; init; } = [];

    /// <summary>Reads an entry.</summary>
    public static BundleEntry Read(ReadOnlySpan<byte> bytes, string name)
    {
        int type = 0, shard = 0;
        long offset = 0, size = 0;
        var checksum = 0u;
        Shape? shape = Shape.Scalar;
        List<TensorSlice>? slices = null;
        var reader = new ProtoReader(bytes, ErrorCode.CorruptCheckpoint, $"the checkpoint's entry '{name}'");
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: type = reader.Int32(); break;
                case 2: shape = TensorShapeProto.Read(reader.Message()); break;
                case 3: shard = reader.Int32(); break;
                case 4: offset = reader.Int64(); break;
                case 5: size = reader.Int64(); break;
                case 6: checksum = reader.Fixed32(); break;
                case 7: (slices ??= []).Add(TensorSlice.Read(reader.Message())); break;
            }
        }

        if (shape is not { IsKnown: true } || offset < 0 || size < 0)
        {
            throw new ModelToolsException(ErrorCode.CorruptCheckpoint, $"The checkpoint's entry of tensor '{name}' is damaged: shape {shape}, {size} bytes at {offset}.") { Location = name };
        }

        return new BundleEntry { DataType = type, Shape = shape, Shard = shard, Offset = offset, Size = size, Checksum = checksum, Slices = slices ?? [] };
    }

    /// <summary>Writes an entry of a tensor stored whole, as TensorFlow does.</summary>
    public void Write(ProtoWriter writer)
    {
        writer.Int64(1, DataType);
        TensorShapeProto.Write(writer, 2, Shape);
        writer.Int64(3, Shard);
        writer.Int64(4, Offset);
        writer.Int64(5, Size);
        writer.Fixed32(6, Checksum);
    }
}
