using ModelTools.Diagnostics;
using ModelTools.Formats.Protobuf;

namespace ModelTools.Formats.Checkpoint;

/// <summary>The first entry of a bundle's index, under the empty key (<c>BundleHeaderProto</c>).</summary>
/// <param name="Shards">Number of data files.</param>
/// <param name="BigEndian">Whether elements are stored high byte first.</param>
internal sealed record BundleHeader(int Shards, bool BigEndian)
{
    private const int Version = 1;

    /// <summary>Reads a header and checks that its version is one that can be read.</summary>
    public static BundleHeader Read(ReadOnlySpan<byte> bytes)
    {
        int shards = 0, endianness = 0, producer = 0, minimumConsumer = 0;
        List<long> badConsumers = [];
        var reader = new ProtoReader(bytes, ErrorCode.CorruptCheckpoint, "the checkpoint's header");
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: shards = reader.Int32(); break;
                case 2: endianness = reader.Int32(); break;
                case 3:
                    var version = reader.Message();
                    while (version.Next())
                    {
                        switch (version.Field)
                        {
                            case 1: producer = version.Int32(); break;
                            case 2: minimumConsumer = version.Int32(); break;
                            case 3: version.AppendInt64(badConsumers); break;
                        }
                    }

                    break;
            }
        }

        if (producer < 0 || minimumConsumer > Version || badConsumers.Contains(Version))
        {
            throw new ModelToolsException(ErrorCode.UnsupportedFormat, $"The checkpoint was written for readers of version {minimumConsumer}; this one reads version {Version}.");
        }

        return shards >= 1 && endianness is 0 or 1
            ? new BundleHeader(shards, endianness == 1)
            : throw new ModelToolsException(ErrorCode.CorruptCheckpoint, $"The checkpoint's header is damaged: {shards} data files, byte order {endianness}.");
    }

    /// <summary>Writes a header as TensorFlow does.</summary>
    public void Write(ProtoWriter writer)
    {
        writer.Int64(1, Shards);
        writer.Bool(2, BigEndian);
        using (writer.Message(3))
        {
            writer.Int64(1, Version);
        }
    }
}
